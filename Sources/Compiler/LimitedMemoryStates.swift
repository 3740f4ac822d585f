import IR

extension LimitedMemory {
    /// Adds the buffers to a graph with gradients.
    static func addStates(to graph: inout Graph, historySize: Int) {
        let count = graph.gradients.reduce(0) { $0 + stretch(graph.shape($1.parameter).elementsPerRow) }
        graph.add(.state, name: steps, shape: .vector(historySize * count))
        graph.add(.state, name: changes, shape: .vector(historySize * count))
        graph.add(.state, name: gradient, shape: .vector(count))
        graph.add(.state, name: numbers, shape: .vector(numberCount + historySize), element: .float64)
    }
}
