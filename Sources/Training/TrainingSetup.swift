import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import SpecLanguage

/// A spec and its data, compiled: everything that is decided before the first step. `plan` prints it, `train` runs it.
public struct TrainingSetup: Sendable {
    public let spec: Spec
    public let data: PreparedData
    public let network: Network
    public let rule: UpdateRule
    public let precision: Precision
    /// Rows of a full batch.
    public let batchRows: Int
    /// Weight of each class by number; nil without class_weights.
    public let classWeights: [Double]?
    /// Whether rows weigh differently, by themselves or by their class.
    public var hasRowWeights: Bool { classWeights != nil || data.train.weights != nil }
    public let metrics: [String]
    public let plan: Plan
    public let inferencePlan: Plan
    /// Threads that a command asks for; nil: as the spec says.
    public var threads: Int?

    /// Errors: units that do not fit the target, unknown class names in class_weights, metrics or a monitor that do not fit the task; all in
    /// one pass.
    public init(_ spec: Spec, _ data: PreparedData, sink: DiagnosticSink) throws(Stopped) {
        let sink = sink.stage()
        self.spec = spec
        self.data = data
        let found = Self.examined(spec, data, trust: nil, sink: sink)
        try sink.throwIfErrors()
        guard let network = found.network, let batchRows = found.batchRows, let metrics = found.metrics else { throw Stopped() }
        self.network = network
        self.batchRows = batchRows
        self.metrics = metrics
        classWeights = found.classWeights
        rule = Pipeline.updateRule(spec)
        precision = spec.training.precision.value == .float32 ? .float32 : .float64
        try Pipeline.checkSizes(network, rows: max(batchRows, Evaluator.chunkRows), sink: sink)
        let hasRowWeights = classWeights != nil || data.train.weights != nil
        plan = Pipeline.trainingPlan(network, rule: rule, batchRows: batchRows, precision: precision, hasRowWeights: hasRowWeights)
        inferencePlan = Pipeline.inferencePlan(
            network, batchRows: Evaluator.chunkRows, precision: precision, withLoss: true, hasRowWeights: hasRowWeights)
    }

    /// What the data say about a spec with mistakes, as far as its settings can be relied on.
    public static func examine(_ spec: Spec, _ data: PreparedData, trust: SpecTrust, sink: DiagnosticSink) {
        _ = examined(spec, data, trust: trust, sink: sink)
    }

    /// What is decided by one setting or a few, each nil after a mistake.
    private struct Found {
        var network: Network?
        var batchRows: Int?
        var classWeights: [Double]?
        var metrics: [String]?
    }

    /// Each setting against the data. - Parameter trust: nil for a spec without mistakes.
    private static func examined(_ spec: Spec, _ data: PreparedData, trust: SpecTrust?, sink: DiagnosticSink) -> Found {
        var found = Found()
        if trust.map({ $0.holds("model") && $0.holds("label_smoothing") }) ?? true {
            found.network = try? Pipeline.resolve(spec, ends: ends(of: data), sink: sink)
        }
        if trust.map({ $0.holds("training", "batch_size") && $0.holds("training", "last_batch") }) ?? true {
            found.batchRows = try? batchRows(spec, of: data.train.rows, sink: sink)
        }
        if trust?.holds("class_weights") ?? true { found.classWeights = (try? classWeights(spec, data, sink: sink)) ?? nil }
        guard trust?.holds("metrics") ?? true else { return found }
        // Without a network, as if it gave probabilities: the monitor may name any metric then.
        found.metrics = try? metrics(spec, data, givesProbabilities: found.network?.givesProbabilities ?? true, sink: sink)
        guard let metrics = found.metrics else { return found }
        let training = spec.training
        if trust?.holds("training", "monitor") ?? true { checkMonitor(training.monitor, "training.monitor", metrics, sink: sink) }
        if let rule = training.earlyStopping, trust?.holds("training", "early_stopping") ?? true {
            check(
                watched: rule.value.monitor, "training.early_stopping", at: rule.range, metrics, data,
                givesProbabilities: found.network?.givesProbabilities ?? true, sink: sink)
        }
        if let monitor = training.schedule.value.monitor, trust?.holds("training", "schedule") ?? true {
            check(
                watched: monitor, "training.schedule", at: training.schedule.range, metrics, data,
                givesProbabilities: found.network?.givesProbabilities ?? true, sink: sink)
        }
        return found
    }

    private static func batchRows(_ spec: Spec, of total: Int, sink: DiagnosticSink) throws(Stopped) -> Int {
        guard case .rows(let rows) = spec.training.batchSize.value else { return total }
        if rows > total, spec.training.lastBatch.value == .drop {
            throw sink.fail(.everyBatchDropped(rows: rows, of: total, at: spec.training.lastBatch.range, batch: spec.training.batchSize.range))
        }
        // A rendered spec writes every setting: the default is nobody's wish.
        if rows > total, rows != TrainingSpec.BatchSize.standardRows, let place = spec.training.batchSize.range {
            sink.emit(.batchAboveData(rows, of: total, at: place))
        }
        return min(rows, total)
    }

    /// Whether weights to start from fit the network. Errors: E1906, E1907; of all layers in one pass.
    public func check(initial: TrainedModel, sink: DiagnosticSink) throws(Stopped) {
        let sink = sink.stage()
        // A layer of another width gives the next one other inputs: that is one mistake.
        var isWidthTold = false
        for layer in network.layers {
            guard case .dense(let dense) = layer.kind else { continue }
            guard let found = initial.layers.first(where: { $0.name == layer.name }), let weight = found.weight else {
                sink.emit(.initialWeightsLack(layer, spec.model.initialWeights))
                isWidthTold = true
                continue
            }
            let isOfOtherInputs = weight.rows != dense.inputs && !isWidthTold
            if isOfOtherInputs || weight.columns != dense.units || (found.bias != nil) != dense.hasBias {
                sink.emit(.initialWeightsShape(layer, weight, hasBias: found.bias != nil, dense, spec.model.initialWeights))
            }
            isWidthTold = weight.columns != dense.units
        }
        try sink.throwIfErrors()
    }

    static func ends(of data: PreparedData) -> NetworkEnds {
        let output: NetworkEnds.Output =
            switch data.target {
            case .classes(let name, let classes): data.task == .binary ? .binary(name: name) : .classes(name: name, count: classes.count)
            case .values(let names, _, _): .values(names: names)
            case .labels(let names): .labels(names: names)
            }
        var ends = NetworkEnds(inputWidth: data.preprocessing.width, output: output)
        let columns = data.preprocessing.features.count
        let width = ends.inputWidth == columns ? "" : ", which make \(ends.inputWidth) inputs"
        ends.inputPlace = data.header.map { .init($0, "\(columns) of these columns \(columns == 1 ? "is a feature" : "are features")\(width)") }
        ends.outputPlace = targetLabel(data)
        return ends
    }

    /// The target's name in the data file, with what it holds.
    private static func targetLabel(_ data: PreparedData) -> Diagnostic.Label? {
        let words: String
        switch data.target {
        case .classes(_, let classes):
            words = "\(classes.count) classes: \(classes.prefix(5).joined(separator: ", "))\(classes.count > 5 ? ", ..." : "")"
        case .labels(let names): words = "the first of \(names.count) labels"
        case .values(let names, _, _): words = names.count == 1 ? "numbers" : "the first of \(names.count) targets of numbers"
        }
        return data.targetPlace.map { .init($0, words) }
    }

    /// Whether the best epoch is kept rather than the last.
    public var keepsBest: Bool { spec.training.keep.value == .best && data.validation != nil }

    private static func classWeights(_ spec: Spec, _ data: PreparedData, sink: DiagnosticSink) throws(Stopped) -> [Double]? {
        guard case .classes(let target, let classes) = data.target, case .classes(let labels) = data.train.targets else {
            if case .none = spec.classWeights.value { return nil }
            throw sink.fail(.classWeightsWithoutClasses(at: spec.classWeights.range, target: targetLabel(data)))
        }
        let weights: [Double]
        switch spec.classWeights.value {
        case .none: return nil
        case .balanced:
            var counts = Array(repeating: 0.0, count: classes.count)
            for (row, label) in labels.enumerated() { counts[Int(label)] += data.train.weights?[row] ?? 1 }
            let total = data.train.weights.map { $0.reduce(0, +) } ?? Double(labels.count)
            weights = counts.map { $0 == 0 ? 0 : total / (Double(classes.count) * $0) }
        case .byName(let pairs):
            var named = Array(repeating: 1.0, count: classes.count)
            var isUnknown = false
            let numbers = Dictionary(classes.enumerated().map { ($1, $0) }) { first, _ in first }
            for pair in pairs {
                if let number = numbers[pair.name.value] {
                    named[number] = pair.weight
                } else {
                    sink.emit(.unknownClass(pair.name, target: target, classes: classes, at: targetLabel(data)))
                    isUnknown = true
                }
            }
            if isUnknown { throw Stopped() }
            let present = Set(labels)
            if !named.indices.contains(where: { present.contains(Int32($0)) && named[$0] > 0 }) {
                throw sink.fail(.allClassWeightsZero(at: spec.classWeights.range))
            }
            weights = named
        }
        try checkProducts(weights, spec, data, sink: sink)
        return weights
    }

    /// Weights of rows and of classes may be right each, and their products not.
    private static func checkProducts(_ classWeights: [Double], _ spec: Spec, _ data: PreparedData, sink: DiagnosticSink) throws(Stopped) {
        guard data.train.weights != nil, let place = spec.data.sampleWeight?.range else { return }
        let isSingle = spec.training.precision.value == .float32
        func products(_ part: Part) -> [Double] {
            (0..<part.rows).map { row in
                let product = part.lossWeight(row, classWeights)
                return isSingle ? Double(Float(product)) : product
            }
        }
        let isNothing = products(data.train).allSatisfy { $0 == 0 }
        let isTooLarge = [data.train, data.validation, data.test].contains { part in part.map { !products($0).reduce(0, +).isFinite } ?? false }
        guard isNothing || isTooLarge else { return }
        throw sink.fail(.productsOfWeights(areZero: isNothing, at: spec.classWeights.range, weight: place))
    }

    private static func metrics(
        _ spec: Spec, _ data: PreparedData, givesProbabilities: Bool, sink: DiagnosticSink
    ) throws(Stopped) -> [String] {
        let task = data.task
        guard case .named(let names) = spec.metrics.value else {
            // Scores that are no probabilities have no log_loss.
            return Metric.standard(for: task.asSpec).filter { !$0.needsProbabilities || givesProbabilities }.map(\.rawValue)
        }
        var isMisfit = false
        for name in names {
            guard let metric = Metric(rawValue: name.value), metric.fits(task.asSpec) else {
                sink.emit(.metricDoesNotFit(name, task: task, target: targetLabel(data)))
                isMisfit = true
                continue
            }
            guard let top = metric.topCount, case .classes(_, let classes) = data.target, classes.count <= top else { continue }
            sink.emit(.topOfFew(name, classes: classes.count, target: targetLabel(data)))
            isMisfit = true
        }
        if isMisfit { throw Stopped() }
        return names.map(\.value)
    }

    private static func checkMonitor(
        _ monitor: Sourced<String>, _ setting: String, _ metrics: [String], others: [String] = [], at place: SourceRange? = nil, sink: DiagnosticSink
    ) {
        let known = others + ["validation.loss"] + metrics.map { "validation.\($0)" }
        if !known.contains(monitor.value) { sink.emit(.unknownMonitor(monitor, setting, known: known, at: monitor.range ?? place)) }
    }

    /// What something waits for in every epoch: a number that the data make impossible would be waited for in vain.
    private static func check(
        watched monitor: Sourced<String>, _ setting: String, at place: SourceRange?, _ metrics: [String], _ data: PreparedData,
        givesProbabilities: Bool, sink: DiagnosticSink
    ) {
        checkMonitor(monitor, setting, metrics, others: ["train.loss"], at: place, sink: sink)
        guard let metric = Metric.watched(by: monitor.value), metrics.contains(metric.rawValue), let part = data.validation,
            let why = metric.hindrance(in: part, of: data.target, givesProbabilities: givesProbabilities)
        else { return }
        sink.emit(.watchesNothing(setting, monitor, at: place, why: why, target: targetLabel(data)))
    }
}

extension Diagnostic {
    static func everyBatchDropped(rows: Int, of total: Int, at range: SourceRange?, batch: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1901", "no full batch is left: batch_size is \(rows), there are \(total) training rows, and last_batch: drop leaves out the rest",
            at: range, related: batch.map { [.init($0, "the batch size")] } ?? [],
            notes: batch == nil ? [impliedDefault("training.batch_size", "\(rows)")] : [],
            fix: "write `last_batch: keep` or a batch_size of at most \(total)")
    }

    static func batchAboveData(_ rows: Int, of total: Int, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "W1901", "batch_size is \(rows), but there are only \(total) training rows: every step takes all of them", at: range,
            fix: "write `batch_size: full`, or a number below \(total)")
    }

    static func classWeightsWithoutClasses(at range: SourceRange?, target: Label?) -> Diagnostic {
        Diagnostic(
            "E1902", "class_weights are for classes, the target of this run is numeric", at: range, label: "no effect",
            related: target.map { [$0] } ?? [], fix: "remove class_weights, or write `task: classification` if these numbers name classes")
    }

    static func unknownClass(_ name: Sourced<String>, target: String, classes: [String], at place: Label?) -> Diagnostic {
        Diagnostic(
            "E1903", "class_weights names `\(name.value)`, which is no class of target \(target)", at: name.range,
            related: place.map { [$0] } ?? [], notes: ["the classes are: " + classes.prefix(20).joined(separator: ", ")],
            fix: Suggestion.nearest(name.value, among: classes).map { "did you mean `\($0)`?" })
    }

    static func allClassWeightsZero(at range: SourceRange?) -> Diagnostic {
        Diagnostic("E1904", "class_weights give every class in the training rows the weight 0, so nothing would be learnt", at: range)
    }

    static func productsOfWeights(areZero: Bool, at range: SourceRange?, weight: SourceRange) -> Diagnostic {
        Diagnostic(
            "E1972",
            "a row weighs its sample_weight times its class_weight, and "
                + (areZero ? "that is 0 for every training row, so nothing would be learnt" : "some products are too large for a number"),
            at: range, related: [.init(weight, "the weights of the rows")],
            fix: areZero ? "give a class that has rows above 0 a weight above 0" : "write smaller weights: only their ratios count")
    }

    static func metricDoesNotFit(_ name: Sourced<String>, task: ResolvedTask, target: Label?) -> Diagnostic {
        let legal = Metric.allCases.filter { $0.fits(task.asSpec) }.map(\.rawValue).joined(separator: ", ")
        return Diagnostic(
            "E1905", "metric \(name.value) is not one for \(task.rawValue)", at: name.range, related: target.map { [$0] } ?? [],
            notes: ["metrics for \(task.rawValue): \(legal)"])
    }

    static func unknownMonitor(_ monitor: Sourced<String>, _ setting: String, known: [String], at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1908", "`\(setting)` names `\(monitor.value)`, which this run does not measure", at: place,
            notes: ["it measures: " + known.joined(separator: ", ")])
    }
}
