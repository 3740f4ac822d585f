import Diagnostics
import IR
import SpecLanguage

/// The compiler: the readable list of its passes.
///
///     Spec --ResolveNetwork--> Network --Lower, ShapeInference--> Graph --Gradient, AppendUpdate, Fuse--> Graph
///     Graph --Schedule, DivideWork, PlaceBuffers--> Plan
public enum Pipeline {
    /// Errors: units, widths or sizes that do not fit the data.
    public static func resolve(_ spec: Spec, ends: NetworkEnds, sink: DiagnosticSink) throws(Stopped) -> Network {
        try ResolveNetwork.run(spec, ends: ends, sink: sink)
    }

    /// Errors: a layer whose weight, or whose output for so many rows, fits into no machine (E3801).
    public static func checkSizes(_ network: Network, rows: Int, sink: DiagnosticSink) throws(Stopped) {
        try ResolveNetwork.checkSizes(network, rows: rows, sink: sink)
    }

    /// The forward graph of a training step, its loss included.
    public static func forwardGraph(_ network: Network, hasRowWeights: Bool) -> Graph {
        var graph = Lower.run(network, isTraining: true, withLoss: true, hasRowWeights: hasRowWeights)
        ShapeInference.run(&graph)
        return graph
    }

    /// The forward graph with gradients and the optimizer's update. `keepsGradients`: each gradient is a value that can be read.
    /// For L-BFGS the update is none of the tape's: the gradients with room for what it remembers.
    public static func trainingGraph(_ network: Network, rule: UpdateRule, hasRowWeights: Bool, keepsGradients: Bool = false) -> Graph {
        guard let optimizer = rule.optimizer else {
            var graph = gradientGraph(network, rule: rule, hasRowWeights: hasRowWeights)
            LimitedMemory.addStates(to: &graph, historySize: rule.historySize)
            return graph
        }
        var graph = forwardGraph(network, hasRowWeights: hasRowWeights)
        Gradient.run(&graph, wanted: trainable(network, in: graph))
        AppendUpdate.run(&graph, rule, optimizer, network: network)
        Fuse.run(&graph, keepsGradients: keepsGradients)
        return graph
    }

    /// The forward graph with gradients, the penalties of the layers included, and without an update.
    public static func gradientGraph(_ network: Network, rule: UpdateRule, hasRowWeights: Bool) -> Graph {
        var graph = forwardGraph(network, hasRowWeights: hasRowWeights)
        Gradient.run(&graph, wanted: trainable(network, in: graph))
        graph.gradients = AppendUpdate.penalizedGradients(rule, network: network, in: &graph)
        ShapeInference.run(&graph)
        Fuse.run(&graph, keepsGradients: true)
        return graph
    }

    /// The tape of a training step: batch, forward, loss, backward, update. `sharing: false`: every value, gradients too, has bytes of its own.
    public static func trainingPlan(
        _ network: Network, rule: UpdateRule, batchRows: Int, precision: Precision, hasRowWeights: Bool, sharing: Bool = true
    ) -> Plan {
        let graph = trainingGraph(network, rule: rule, hasRowWeights: hasRowWeights, keepsGradients: !sharing)
        return plan(graph, capacity: batchRows, precision: precision, sharing: sharing)
    }

    /// The same forward graph without dropout; with the loss for evaluation, without it for prediction.
    public static func inferencePlan(_ network: Network, batchRows: Int, precision: Precision, withLoss: Bool, hasRowWeights: Bool) -> Plan {
        var graph = Lower.run(network, isTraining: false, withLoss: withLoss, hasRowWeights: hasRowWeights)
        ShapeInference.run(&graph)
        Fuse.run(&graph, keepsGradients: false)
        return plan(graph, capacity: batchRows, precision: precision)
    }

    /// Order and bytes for a graph. `sharing: false` gives every value bytes of its own.
    package static func plan(_ graph: Graph, capacity: Int, precision: Precision, sharing: Bool = true) -> Plan {
        let order = Schedule.run(graph)
        let work = DivideWork.run(graph, order: order, capacity: capacity, precision: precision)
        return PlaceBuffers.run(graph, order: order, work: work, capacity: capacity, precision: precision, sharing: sharing)
    }

    /// The optimizer, decay and clipping of a spec.
    public static func updateRule(_ spec: Spec) -> UpdateRule { UpdateRule(spec) }

    /// The parameters that training moves.
    private static func trainable(_ network: Network, in graph: Graph) -> Set<NodeID> {
        var names: Set<String> = []
        for (name, dense) in network.denseLayers {
            if dense.trainsWeight { names.insert("\(name).weight") }
            if dense.trainsBias { names.insert("\(name).bias") }
        }
        return Set(graph.ids.filter { graph[$0].op == .parameter && names.contains(graph[$0].name) })
    }
}
