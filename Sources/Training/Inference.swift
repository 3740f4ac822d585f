import Compiler
import Datasets
import Diagnostics
import Execution
import IR
import SpecLanguage

/// A trained model ready to run on encoded rows.
public struct Inference {
    private let model: TrainedModel
    private let network: Network
    private let evaluator: Evaluator
    private let classWeights: [Double]?

    /// - Parameter setup: of the model's own spec, whose loss (smoothing, delta, class weights) is then measured; nil: the plain loss
    ///   that the weights file names.
    /// - Parameter loss: the loss to measure where there is no setup; nil: the weights file's.
    /// - Parameter weighsRows: whether the parts to measure have weights of their own, where there is no setup.
    /// Errors: no memory; weights of another shape than the setup's network.
    public init(_ model: TrainedModel, of setup: TrainingSetup? = nil, loss: Loss? = nil, weighsRows: Bool = false, sink: DiagnosticSink)
        throws(Stopped)
    {
        self.model = model
        let own = model.network
        network = Network(inputWidth: own.inputWidth, outputWidth: own.outputWidth, layers: own.layers, loss: setup?.network.loss ?? loss ?? own.loss)
        classWeights = setup?.classWeights
        guard
            let evaluator = Evaluator(
                network, encoding: model.target, precision: model.precision == .float32 ? .float32 : .float64, withLoss: true,
                hasRowWeights: setup?.hasRowWeights ?? weighsRows, parameters: nil, pool: ThreadPool(size: 1))
        else { throw sink.fail(.noMemory(network.parameterCount * 8)) }
        evaluator.load(model)
        self.evaluator = evaluator
    }

    /// Loss, metrics and, where the training rows are known, the baseline of each part. metrics: names, or nil for the task's standard ones.
    public func evaluate(_ parts: [(String, Part)], trainedOn train: Part?, metrics names: [String]?, sink: DiagnosticSink) throws(Stopped)
        -> [PartEvaluation]
    {
        var results: [PartEvaluation] = []
        for (name, part) in parts {
            let memory = try memory(part, sink: sink)
            let (loss, measurement) = evaluator.measure(memory)
            var result = evaluation(name, part, loss, measurement, metrics: names, sink: sink)
            result.baseline = train.flatMap { Baseline.of(part, trainedOn: $0) }
            result.rowsDigest = train == nil ? nil : part.rowsDigest
            results.append(result)
        }
        return results
    }

    /// Loss and metrics (names, or nil for the task's standard ones) of rows that come some at a time: the same numbers as of the rows at once.
    ///
    /// Memory: outputs, targets and weights of all rows, 8 bytes each; inputs of those that came last.
    /// - Parameter next: the next rows; nil behind the last.
    public func evaluate(_ name: String, metrics names: [String]?, sink: DiagnosticSink, next: () throws(Stopped) -> Part?) throws(Stopped)
        -> PartEvaluation
    {
        var rows = MeasuredRows(precision: model.precision)
        var totals = Evaluator.LossTotals()
        var values: [Double] = []
        func run(_ part: Part, _ range: Range<Int>) throws(Stopped) {
            values += evaluator.run(try memory(part, sink: sink), range, adding: &totals)
        }
        // Passes are of rows of the whole: what is left over begins the next piece.
        while let part = try next() {
            rows.add(part)
            let piece = rows.takeLeft(before: part)
            let whole = piece.rows / Evaluator.chunkRows * Evaluator.chunkRows
            try run(piece, 0..<whole)
            rows.leave(piece, from: whole)
        }
        if let last = rows.left { try run(last, 0..<last.rows) }
        let part = rows.part
        return evaluation(name, part, evaluator.loss(totals), evaluator.measurement(values, of: part), metrics: names, sink: sink)
    }

    /// - Parameter names: nil for the task's standard metrics.
    private func evaluation(
        _ name: String, _ part: Part, _ loss: Double, _ measurement: Measurement, metrics names: [String]?, sink: DiagnosticSink
    ) -> PartEvaluation {
        let standard = Metric.standard(for: model.task.asSpec).filter { !$0.needsProbabilities || network.givesProbabilities }
        let metrics = names?.compactMap(Metric.init(rawValue:)) ?? standard
        let values = measurement.finiteValues(metrics)
        for (metric, value) in zip(metrics, values) where value == nil {
            let why = metric.hindrance(in: part, of: model.target, givesProbabilities: network.givesProbabilities)
            sink.emit(.undefinedMetric("\(name).\(metric.rawValue)", why: why ?? metric.commonHindrance))
        }
        var result = PartEvaluation(
            part: name, rows: part.rows, loss: loss, metrics: zip(metrics, values).map { (name: $0.rawValue, value: $1) }, baseline: nil,
            rowsDigest: nil)
        result.confusion = measurement.confusion()
        return result
    }

    /// [rows][outputs], in original units.
    public func outputs(_ inputs: Matrix, sink: DiagnosticSink) throws(Stopped) -> [Double] {
        let targets: Targets =
            switch model.target {
            case .classes: .classes(Array(repeating: 0, count: inputs.rows))
            case .labels(let names):
                .labels(
                    Matrix(
                        rows: inputs.rows, columns: names.count, values: Array(repeating: 0, count: inputs.rows * names.count),
                        precision: inputs.precision))
            case .values(let names, let centers, _):
                .values(
                    Matrix(
                        rows: inputs.rows, columns: names.count, values: (0..<inputs.rows * names.count).map { centers[$0 % names.count] },
                        precision: inputs.precision))
            }
        return evaluator.run(try memory(Part(inputs: inputs, targets: targets, rowNumbers: []), sink: sink)).values
    }

    private func memory(_ part: Part, sink: DiagnosticSink) throws(Stopped) -> PartMemory {
        let precision: Precision = model.precision == .float32 ? .float32 : .float64
        guard
            let memory = PartMemory(
                part, encoding: model.target, loss: network.loss, outputWidth: network.outputWidth, classWeights: classWeights,
                precision: precision)
        else { throw sink.fail(.noMemory(part.rows * network.inputWidth * 8)) }
        return memory
    }
}
