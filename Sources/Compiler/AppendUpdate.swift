import IR
import SpecLanguage

/// How parameters change from their gradients.
public struct UpdateRule: Sendable {
    /// The rule by which each parameter moves on its own, on the tape; nil for L-BFGS, which moves all of them together.
    public var optimizer: Optimizer?
    /// Of L-BFGS: how many steps it remembers.
    public var historySize: Int
    public var weightDecay: Double
    public var decayBias: Bool
    public var clip: TrainingSpec.GradientClip

    public init(
        optimizer: Optimizer?, historySize: Int = 0, weightDecay: Double = 0, decayBias: Bool = false, clip: TrainingSpec.GradientClip = .none
    ) {
        self.optimizer = optimizer
        self.historySize = historySize
        self.weightDecay = weightDecay
        self.decayBias = decayBias
        self.clip = clip
    }

    init(_ spec: Spec) {
        let optimizer = spec.optimizer
        let rule: Optimizer? =
            switch optimizer.type.value {
            case .sgd: optimizer.momentum == 0 ? .sgd : .sgd_momentum
            case .adam: .adam
            case .adamw: .adamw
            case .nadam: .nadam
            case .rmsprop: optimizer.momentum == 0 ? .rmsprop : .rmsprop_momentum
            case .adagrad: .adagrad
            case .lbfgs: nil
            }
        self.init(
            optimizer: rule, historySize: rule == nil ? optimizer.limitedMemory.historySize : 0, weightDecay: optimizer.weightDecay,
            decayBias: optimizer.decayBias, clip: spec.training.gradientClip)
    }
}

/// Pass 5: penalty, clipping and the optimizer's step behind each gradient.
enum AppendUpdate {
    static func run(_ graph: inout Graph, _ rule: UpdateRule, _ optimizer: Optimizer, network: Network) {
        var gradients = penalizedGradients(rule, network: network, in: &graph)
        switch rule.clip {
        case .none: break
        case .norm(let limit):
            guard !gradients.isEmpty else { break }
            let norm = graph.add(.squaredNorm, gradients.map(\.gradient), name: "squared norm of all gradients", element: .float64)
            for index in gradients.indices {
                gradients[index].gradient = graph.add(
                    .clipByNorm(limit: limit), [gradients[index].gradient, norm],
                    name: "clipped gradient of \(graph[gradients[index].parameter].name)")
            }
        case .value(let limit):
            for index in gradients.indices {
                gradients[index].gradient = graph.add(
                    .clipByValue(limit: limit), [gradients[index].gradient],
                    name: "clipped gradient of \(graph[gradients[index].parameter].name)")
            }
        }
        for (parameter, gradient) in gradients {
            let node = graph[parameter]
            let states = optimizer.states.map { state in
                graph.add(.state, name: "\(node.name).\(state)", origin: node.origin, shape: node.shape)
            }
            let decays = rule.decayBias || !node.name.hasSuffix(".bias")
            graph.add(
                .update(optimizer, weightDecay: decays ? rule.weightDecay : 0), [parameter, gradient] + states, name: "update of \(node.name)",
                origin: node.origin)
        }
        ShapeInference.run(&graph)
    }

    /// The gradients of the loss, each with the penalties of its layer where there are some; in the order of the parameters.
    static func penalizedGradients(
        _ rule: UpdateRule, network: Network, in graph: inout Graph
    ) -> [(parameter: NodeID, gradient: NodeID)] {
        let layers = layersByParameter(network)
        return graph.gradients.map { ($0.parameter, penalized($0, rule, layers, in: &graph)) }
    }

    private static func layersByParameter(_ network: Network) -> [String: Network.Dense] {
        var layers: [String: Network.Dense] = [:]
        for (name, dense) in network.denseLayers {
            layers["\(name).weight"] = dense
            layers["\(name).bias"] = dense
        }
        return layers
    }

    /// The gradient of the loss with the layer's l1 and l2 added, where the layer has them. L-BFGS compares losses, so that its weight_decay is a
    /// penalty too, of half as much as an l2: both add weight_decay * w to the gradient.
    private static func penalized(
        _ pair: (parameter: NodeID, gradient: NodeID), _ rule: UpdateRule, _ layers: [String: Network.Dense], in graph: inout Graph
    ) -> NodeID {
        let name = graph[pair.parameter].name
        guard let layer = layers[name], !name.hasSuffix(".bias") || rule.decayBias else { return pair.gradient }
        let l2 = layer.l2 + (rule.optimizer == nil ? rule.weightDecay / 2 : 0)
        if layer.l1 == 0, l2 == 0 { return pair.gradient }
        return graph.add(.penaltyGradient(l1: layer.l1, l2: l2), [pair.gradient, pair.parameter], name: "penalized gradient of \(name)")
    }
}
