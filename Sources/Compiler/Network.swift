import Diagnostics
import IR
import SpecLanguage

/// A network with every choice made: widths, activations, initial weights, loss. Both a spec and a weights file lead here, and
/// training, evaluation, prediction and export all start from here.
public struct Network: Sendable {
    /// How a dense layer's weight starts.
    public enum Initializer: Sendable, Equatable {
        case zeros, ones
        case uniform(minimum: Double, maximum: Double)
        case normal(mean: Double, std: Double)
    }

    /// What a layer does.
    public enum LayerKind: Sendable {
        case dense(Dense)
        case activation(ActivationName)
        case dropout(rate: Double)
    }

    /// A dense layer with everything decided: y = f(x W + b).
    public struct Dense: Sendable {
        public var inputs: Int
        public var units: Int
        public var activation: ActivationName
        public var hasBias: Bool
        public var initializer: Initializer
        public var trainsWeight = true
        public var trainsBias = true
        public var l1 = 0.0
        public var l2 = 0.0
        public init(inputs: Int, units: Int, activation: ActivationName, hasBias: Bool, initializer: Initializer = .zeros) {
            self.inputs = inputs
            self.units = units
            self.activation = activation
            self.hasBias = hasBias
            self.initializer = initializer
        }
    }

    /// A layer with its name and its place in the spec.
    public struct Layer: Sendable {
        public var name: String
        public var kind: LayerKind
        public var range: SourceRange?
        public init(name: String, kind: LayerKind, range: SourceRange?) {
            self.name = name
            self.kind = kind
            self.range = range
        }
    }

    /// Features per row.
    public var inputWidth: Int
    public var outputWidth: Int
    public var layers: [Layer]
    public var loss: Loss

    public init(inputWidth: Int, outputWidth: Int, layers: [Layer], loss: Loss) {
        self.inputWidth = inputWidth
        self.outputWidth = outputWidth
        self.layers = layers
        self.loss = loss
    }

    public var denseLayers: [(name: String, dense: Dense)] {
        layers.compactMap { layer in
            if case .dense(let dense) = layer.kind { return (layer.name, dense) }
            return nil
        }
    }

    public var parameterCount: Int {
        denseLayers.reduce(0) { $0 + $1.dense.units * ($1.dense.inputs + ($1.dense.hasBias ? 1 : 0)) }
    }

    /// "4 -> 16 relu -> 3 softmax".
    public var outline: String {
        var parts = ["\(inputWidth)"]
        for layer in layers {
            switch layer.kind {
            case .dense(let dense): parts.append("\(dense.units)" + (dense.activation == .linear ? "" : " \(dense.activation.rawValue)"))
            case .activation(let name): parts[parts.count - 1] += " \(name.rawValue)"
            case .dropout(let rate): parts.append("dropout \(rate)")
            }
        }
        return parts.joined(separator: " -> ")
    }
}
