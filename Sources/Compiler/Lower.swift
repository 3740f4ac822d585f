import IR
import SpecLanguage

/// Pass 2: the network becomes a graph: sources, layers in order, prediction, loss.
///
/// A loss that holds its activation (softmax in cross entropy and KL divergence, sigmoid in binary cross entropy) reads the logits in
/// front of it; the activation itself stays for the prediction.
enum Lower {
    static func run(_ network: Network, isTraining: Bool, withLoss: Bool, hasRowWeights: Bool) -> Graph {
        var graph = Graph()
        let input = graph.add(.input, name: "input", shape: .rows(network.inputWidth))
        var flow = Flow(value: input, logits: input, lastActivation: .linear)
        for layer in network.layers {
            switch layer.kind {
            case .dense(let dense): addDense(dense, layer, to: &graph, &flow)
            case .activation(let name): addActivation(name, layer.name, layer, to: &graph, &flow)
            case .dropout(let rate):
                guard isTraining, rate > 0 else { continue }
                flow.set(graph.add(.dropout(rate: rate, stream: "dropout/\(layer.name)"), [flow.value], name: layer.name, origin: layer.range))
            }
        }
        graph.prediction = flow.value
        if withLoss { addLoss(network, hasRowWeights: hasRowWeights, flow, to: &graph) }
        return graph
    }

    /// The value that flows through the layers, and the logits in front of its last activation.
    private struct Flow {
        var value: NodeID
        var logits: NodeID
        var lastActivation: ActivationName

        mutating func set(_ id: NodeID) {
            value = id
            logits = id
            lastActivation = .linear
        }
    }

    private static func addDense(_ dense: Network.Dense, _ layer: Network.Layer, to graph: inout Graph, _ flow: inout Flow) {
        let weight = graph.add(.parameter, name: "\(layer.name).weight", origin: layer.range, shape: .matrix(dense.inputs, dense.units))
        var operands = [flow.value, weight]
        if dense.hasBias {
            operands.append(graph.add(.parameter, name: "\(layer.name).bias", origin: layer.range, shape: .vector(dense.units)))
        }
        flow.set(graph.add(.dense(.linear), operands, name: layer.name, origin: layer.range))
        addActivation(dense.activation, "\(layer.name).activation", layer, to: &graph, &flow)
    }

    private static func addActivation(_ name: ActivationName, _ label: String, _ layer: Network.Layer, to graph: inout Graph, _ flow: inout Flow) {
        guard name != .linear else { return }
        let logits = flow.value
        let op: Op = Activation(rawValue: name.rawValue).map { .activation($0) } ?? .softmax
        flow.value = graph.add(op, [logits], name: label, origin: layer.range)
        flow.logits = logits
        flow.lastActivation = name
    }

    private static func addLoss(_ network: Network, hasRowWeights: Bool, _ flow: Flow, to graph: inout Graph) {
        let classNumbers = network.loss.usesClassNumbers
        let target = graph.add(
            .target, name: "target", shape: classNumbers ? Shape(batched: true, []) : .rows(network.outputWidth),
            element: classNumbers ? .int32 : .scalar)
        let isFused: Bool =
            switch network.loss {
            case .crossEntropy, .klDivergence: flow.lastActivation == .softmax
            case .binaryCrossEntropy: flow.lastActivation == .sigmoid
            default: false
            }
        var operands = [isFused ? flow.logits : flow.value, target]
        if hasRowWeights { operands.append(graph.add(.rowWeights, name: "row_weights", shape: Shape(batched: true, []))) }
        graph.loss = graph.add(.loss(network.loss), operands, name: "loss", element: .float64)
    }
}
