import IR

/// Pass 7: the order of the tape. Nodes stay in the order of the graph, but an update moves up to the point where its gradient is made and
/// every other reader of the parameter is done, so that gradients die early. What no root needs is left out: the roots are the loss and the
/// updates or the gradients of a training step (the softmax behind a fused loss is not computed there), the loss and the prediction elsewhere.
enum Schedule {
    static func run(_ graph: Graph) -> [NodeID] {
        let needed = needed(graph)
        var position: [NodeID: Int] = [:]
        var lastRead: [NodeID: Int] = [:]
        let body = graph.ids.filter { id in
            switch graph[id].op {
            case .parameter, .state, .totals, .update, .weightUpdate, .biasUpdate: false
            default: needed[id.index]
            }
        }
        for (index, id) in body.enumerated() {
            position[id] = index
            for input in graph[id].inputs { lastRead[input] = index }
        }
        var after: [[NodeID]] = Array(repeating: [], count: body.count)
        for id in graph.ids {
            guard graph[id].op.isUpdate else { continue }
            let inputs = graph[id].inputs
            let ready = inputs.dropFirst().reduce(lastRead[inputs[0]] ?? 0) { max($0, position[$1] ?? 0) }
            after[ready].append(id)
        }
        return zip(body, after).flatMap { [$0] + $1 }
    }

    private static func needed(_ graph: Graph) -> [Bool] {
        var needed = Array(repeating: false, count: graph.nodes.count)
        for id in graph.ids where graph[id].op.isUpdate { needed[id.index] = true }
        let isTraining = needed.contains(true) || !graph.gradients.isEmpty
        if let loss = graph.loss { needed[loss.index] = true }
        if !isTraining, let prediction = graph.prediction { needed[prediction.index] = true }
        for pair in graph.gradients { needed[pair.gradient.index] = true }
        for index in stride(from: graph.nodes.count - 1, through: 0, by: -1) where needed[index] {
            for input in graph.nodes[index].inputs { needed[input.index] = true }
        }
        return needed
    }
}
