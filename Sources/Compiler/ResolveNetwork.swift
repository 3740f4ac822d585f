import Diagnostics
import IR
import SpecLanguage

/// What the data say about the network's two ends.
public struct NetworkEnds: Sendable {
    /// What the last layer has to give.
    public enum Output: Sendable, Equatable {
        /// As many units as classes; `name` is the target column.
        case classes(name: String, count: Int)
        /// One unit, the probability of the second class.
        case binary(name: String)
        case values(names: [String])
        /// A unit for each label, the probability that a row has it.
        case labels(names: [String])
    }
    public var inputWidth: Int
    public var output: Output
    /// Where the data say so, for messages: the header with the features, and the target's name in it.
    public var inputPlace: Diagnostic.Label?
    public var outputPlace: Diagnostic.Label?
    public init(inputWidth: Int, output: Output) {
        self.inputWidth = inputWidth
        self.output = output
    }
}

/// Pass 1: the model section meets the data: `auto` units, last activation, loss and initializers are decided.
enum ResolveNetwork {
    static func run(_ spec: Spec, ends: NetworkEnds, sink: DiagnosticSink) throws(Stopped) -> Network {
        let sink = sink.stage()
        let loss = loss(of: spec, output: ends.output)
        if let width = spec.model.inputWidth, width.value != ends.inputWidth { sink.emit(.inputWidth(said: width, found: ends)) }
        let specs = spec.model.layers
        let lastDense = specs.lastIndex { if case .dense = $0.kind { true } else { false } }
        var layers: [Network.Layer] = []
        var width = ends.inputWidth
        for (index, layer) in specs.enumerated() {
            switch layer.kind {
            case .activation(let name): layers.append(Network.Layer(name: layer.name, kind: .activation(name), range: layer.range))
            case .dropout(let rate): layers.append(Network.Layer(name: layer.name, kind: .dropout(rate: rate), range: layer.range))
            case .dense(let dense):
                let isLast = index == lastDense
                var units = ends.outputWidth
                if case .count(let count) = dense.units.value { units = count }
                if isLast, units != ends.outputWidth {
                    sink.emit(.unitsDoNotFit(units, layer: layer, dense: dense, ends: ends, spec: spec))
                }
                let activation = activation(of: dense, at: index, in: spec, isLast: isLast, loss: loss)
                let effective = followingActivation(specs, index) ?? activation
                var resolved = Network.Dense(
                    inputs: width, units: units, activation: activation, hasBias: dense.bias,
                    initializer: initializer((dense.initializer ?? spec.model.initializer).value, inputs: width, units: units, before: effective))
                resolved.trainsWeight = dense.trainsWeight
                resolved.trainsBias = dense.trainsBias
                resolved.l1 = dense.l1
                resolved.l2 = dense.l2
                layers.append(Network.Layer(name: layer.name, kind: .dense(resolved), range: layer.range))
                width = units
            }
        }
        let network = Network(inputWidth: ends.inputWidth, outputWidth: width, layers: layers, loss: loss)
        precondition(lastDense != nil, "a network without a dense layer is refused where the spec is read")
        if let misfit = lastActivationMisfit(network) {
            sink.emit(.lastActivationMisfit(misfit.layer, misfit.found, loss, wanted: misfit.wanted, in: spec, target: ends.outputPlace))
        }
        try sink.throwIfErrors()
        try checkSizes(network, sink: sink)
        return network
    }

    /// The last activation, if the loss works on another one's output.
    private static func lastActivationMisfit(_ network: Network) -> (layer: Network.Layer, found: ActivationName, wanted: ActivationName)? {
        let wanted: ActivationName
        switch network.loss {
        case .crossEntropy, .klDivergence: wanted = .softmax
        case .binaryCrossEntropy: wanted = .sigmoid
        default: return nil
        }
        guard let last = network.layers.last(where: { if case .dropout = $0.kind { false } else { true } }) else { return nil }
        switch last.kind {
        case .dense(let dense) where dense.activation != wanted: return (last, dense.activation, wanted)
        case .activation(let name) where name != wanted: return (last, name, wanted)
        default: return nil
        }
    }

    static func loss(of spec: Spec, output: NetworkEnds.Output) -> Loss {
        let smoothing = spec.labelSmoothing.value
        switch spec.loss.value {
        case .crossEntropy: return .crossEntropy(labelSmoothing: smoothing)
        case .binaryCrossEntropy: return .binaryCrossEntropy(labelSmoothing: smoothing)
        case .mse: return .mse
        case .mae: return .mae
        case .sse: return .sse
        case .klDivergence: return .klDivergence
        case .huber(let delta): return .huber(delta: delta)
        case .auto:
            switch output {
            case .classes: return .crossEntropy(labelSmoothing: smoothing)
            case .binary, .labels: return .binaryCrossEntropy(labelSmoothing: smoothing)
            case .values: return .mse
            }
        }
    }

    /// The activation layer that directly follows a dense layer, if any.
    private static func followingActivation(_ layers: [LayerSpec], _ index: Int) -> ActivationName? {
        guard index + 1 < layers.count, case .activation(let name) = layers[index + 1].kind else { return nil }
        return name
    }

    /// Its own; else linear before an activation layer; else by the loss (last) or the model's default (hidden).
    private static func activation(of dense: DenseSpec, at index: Int, in spec: Spec, isLast: Bool, loss: Loss) -> ActivationName {
        if let own = dense.activation { return own.value }
        if followingActivation(spec.model.layers, index) != nil { return .linear }
        guard isLast else { return spec.model.activation.value }
        switch loss {
        case .crossEntropy, .klDivergence: return .softmax
        case .binaryCrossEntropy: return .sigmoid
        default: return .linear
        }
    }

    /// Fans are the inputs and units; uniform limits and normal deviations as in Glorot 2010, He 2015, LeCun 1998; normals are not cut.
    static func initializer(_ spec: InitializerSpec, inputs: Int, units: Int, before activation: ActivationName) -> Network.Initializer {
        let fanIn = Double(max(inputs, 1))
        let fanSum = max(Double(inputs) + Double(units), 1)
        func symmetric(_ limit: Double) -> Network.Initializer { .uniform(minimum: -limit, maximum: limit) }
        switch spec {
        case .zeros: return .zeros
        case .ones: return .ones
        case .uniform(let minimum, let maximum): return .uniform(minimum: minimum, maximum: maximum)
        case .normal(let mean, let std): return .normal(mean: mean, std: std)
        case .glorotUniform: return symmetric((6 / fanSum).squareRoot())
        case .glorotNormal: return .normal(mean: 0, std: (2 / fanSum).squareRoot())
        case .heUniform: return symmetric((6 / fanIn).squareRoot())
        case .heNormal: return .normal(mean: 0, std: (2 / fanIn).squareRoot())
        case .lecunNormal: return .normal(mean: 0, std: (1 / fanIn).squareRoot())
        case .auto:
            switch activation {
            case .relu, .leaky_relu, .relu6, .elu, .gelu, .gelu_tanh, .silu, .mish, .hard_swish: return symmetric((6 / fanIn).squareRoot())
            default: return symmetric((6 / fanSum).squareRoot())
            }
        }
    }

    /// Refuses networks whose sizes leave the range of the machine: no product below may overflow.
    static func checkSizes(_ network: Network, rows: Int = 1, sink: DiagnosticSink) throws(Stopped) {
        let limit = 1 << 40
        for layer in network.layers {
            guard case .dense(let dense) = layer.kind else { continue }
            for factor in [dense.inputs, rows] {
                let product = factor.multipliedReportingOverflow(by: dense.units)
                if product.overflow || product.partialValue > limit { throw sink.fail(.layerTooLarge(layer, dense, rows: rows)) }
            }
        }
    }
}

extension NetworkEnds {
    var outputWidth: Int {
        switch output {
        case .classes(_, let count): count
        case .binary: 1
        case .values(let names), .labels(let names): names.count
        }
    }
}

extension Diagnostic {
    static func inputWidth(said: Sourced<Int>, found ends: NetworkEnds) -> Diagnostic {
        let found = ends.inputWidth
        return Diagnostic(
            "E1801", "model.input says \(said.value) features, the data give \(found)", at: said.range, label: "\(said.value) here",
            related: ends.inputPlace.map { [$0] } ?? [], notes: ["categories count once per category after one-hot encoding"],
            fix: "write `input: auto` or `input: \(found)`")
    }

    static func unitsDoNotFit(_ units: Int, layer: LayerSpec, dense: DenseSpec, ends: NetworkEnds, spec: Spec) -> Diagnostic {
        let unitText = "the last layer has \(units) unit\(units == 1 ? "" : "s")"
        let (message, wanted): (String, Int) =
            switch ends.output {
            case .classes(let name, let count): ("target \(name) has \(count) class\(count == 1 ? "" : "es"), \(unitText)", count)
            case .binary(let name): ("target \(name) is binary and wants 1 unit, \(unitText)", 1)
            case .values(let names), .labels(let names):
                (
                    (names.count == 1
                        ? "target \(names[0]) is 1 column, "
                        : "the \(names.count) targets (\(names.prefix(5).joined(separator: ", "))) are \(names.count) columns, ")
                        + unitText, names.count
                )
            }
        let named = spec.data.targets.compactMap { target in target.range.map { Diagnostic.Label($0, "the target is named here") } }
        return Diagnostic(
            "E1802", message, at: dense.units.range ?? layer.range, label: "want \(wanted)",
            related: named.prefix(1) + (ends.outputPlace.map { [$0] } ?? []),
            fix: "write `\(wanted)` or `auto`")
    }

    static func layerTooLarge(_ layer: Network.Layer, _ dense: Network.Dense, rows: Int) -> Diagnostic {
        Diagnostic(
            "E3801",
            "layer \(layer.name) is too large: a weight of \(dense.inputs) x \(dense.units) numbers"
                + (rows > 1 ? " or an output of \(rows) rows x \(dense.units)" : "") + " does not fit into any machine",
            at: layer.range, fix: "use fewer units" + (rows > 1 ? " or a smaller batch_size" : ""))
    }

    static func lastActivationMisfit(
        _ layer: Network.Layer, _ found: ActivationName, _ loss: Loss, wanted: ActivationName, in spec: Spec, target: Label?
    ) -> Diagnostic {
        var place = layer.range
        for case .dense(let dense) in spec.model.layers.filter({ $0.name == layer.name }).map(\.kind) { place = dense.activation?.range ?? place }
        return Diagnostic(
            "E1804",
            "the loss of this target is \(loss.name), which works on the output of \(wanted.rawValue); the last activation is \(found.rawValue)",
            at: place, label: "want \(wanted.rawValue)", related: target.map { [$0] } ?? [],
            notes: ["the loss follows from the target, since the spec names none"],
            fix: "remove this activation: the last layer's default is \(wanted.rawValue) here; or name another `loss`")
    }
}
