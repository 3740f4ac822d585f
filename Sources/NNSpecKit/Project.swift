import Artifacts
import Compiler
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// The forms a spec takes on its way, each printable.
public enum EmitStage: String, CaseIterable, Sendable { case nodes, spec, graph, gradient, plan, arena }

/// A spec that has been read and resolved. Everything the command line does to a spec starts here.
public struct Project {
    let document: SpecDocument
    public var spec: Spec { document.spec }

    /// How far a command looks: at the spec alone, at the data files and their headers, or at all rows and the compiled network.
    public enum Depth: Sendable { case spec, files, rows }

    /// Reads and checks a spec; `overrides` are `--set` texts.
    ///
    /// - Parameter depth: where a spec with mistakes is looked at further, as far as its mistakes allow, so that those of the data are told
    ///   in the same run. A right spec is only read: what comes next is the command's.
    /// Errors: every mistake that the spec alone shows, and then those of the data.
    public static func load(
        path: String, overrides: [String] = [], lookingAt depth: Depth = .spec, sink: DiagnosticSink
    ) throws(Stopped) -> Project {
        guard let reading = SpecReader.examine(path: path, overrides: overrides, sink: sink) else { throw Stopped() }
        if reading.isRight { return Project(document: reading.document) }
        look(further: reading, depth, sink: sink)
        throw Stopped()
    }

    private static func look(further reading: SpecReading, _ depth: Depth, sink: DiagnosticSink) {
        let (spec, trust) = (reading.document.spec, reading.trust)
        if depth != .spec, trust.holds("model", "initial_weights") { _ = initialModel(spec, sink: sink) }
        let canReadRows = trust.holds("data") && trust.holds("task") && trust.holds("loss") && trust.holds("seed")
        switch depth {
        case .spec: break
        case .rows where canReadRows && trust.holds("training", "precision"):
            if let data = try? DataPreparation.examine(spec, sink: sink) { TrainingSetup.examine(spec, data, trust: trust, sink: sink) }
        case .files, .rows: try? DataPreparation.checkFiles(spec, trust: trust, sink: sink)
        }
    }

    /// Also looks whether the data files exist and hold the columns that are named, and whether the initial weights can be read.
    public func check(sink: DiagnosticSink) throws(Stopped) {
        let sink = sink.stage()
        _ = Self.initialModel(spec, sink: sink)
        try? DataPreparation.checkFiles(spec, sink: sink)
        try sink.throwIfErrors()
    }

    /// Looks at all that a training needs: every row, the network, the initial weights, of all folds. What the audit of the rows finds, of folds
    /// those of the first, are warnings.
    public func checkAll(sink: DiagnosticSink) throws(Stopped) -> AuditReport {
        var audit: DataAudit?
        try compileFolds(sink: sink) { if audit == nil { audit = DataAudit($0) } }
        guard let audit else { throw Stopped() }
        for finding in audit.findings { sink.emit(finding) }
        return AuditReport(audit: audit)
    }

    /// nil if the spec names none, or after a mistake that was told.
    private static func initialModel(_ spec: Spec, sink: DiagnosticSink) -> TrainedModel? {
        spec.model.initialWeights.flatMap { path in try? WeightsFile.read(path: path.value, at: path.range, sink: sink) }
    }

    /// What there is before the first step; all mistakes in one pass. - Parameter changed: the spec as changed by the command; nil: as it is.
    func compiled(
        _ changed: Spec? = nil, maxMemory: Int? = nil, sink: DiagnosticSink, observe: (ExaminedData) -> Void = { _ in }
    ) throws(Stopped) -> (setup: TrainingSetup, initial: TrainedModel?) {
        let sink = sink.stage()
        let initial = Self.initialModel(spec, sink: sink)
        let setup = try? setup(changed, maxMemory: maxMemory, sink: sink, observe: observe)
        if let setup, let initial { try setup.check(initial: initial, sink: sink) }
        try sink.throwIfErrors()
        guard let setup else { throw Stopped() }
        return (setup, initial)
    }

    /// The spec with every default written out.
    public func render() -> String { document.rendered() }

    /// Only what differs from the defaults.
    public func renderDifference() -> String { document.difference() }

    /// The same as one JSON object.
    public func renderJSON() -> String { document.json() }

    /// The plan as a person reads it, or one stage's own text.
    public func plan(emit stage: EmitStage? = nil, sink: DiagnosticSink) throws(Stopped) -> String {
        switch stage {
        case .nodes: return document.nodesText()
        case .spec: return document.specText()
        case nil: return PlanReport(try setupOfFolds(sink: sink)).text
        case .graph:
            let setup = try setup(sink: sink)
            return Pipeline.forwardGraph(setup.network, hasRowWeights: setup.hasRowWeights).description
        case .gradient:
            let setup = try setup(sink: sink)
            return Pipeline.trainingGraph(setup.network, rule: setup.rule, hasRowWeights: setup.hasRowWeights).description
        case .plan: return try setup(sink: sink).plan.description
        case .arena: return try setup(sink: sink).plan.arenaMap
        }
    }

    /// The plan as one JSON object: layers, bytes by kind, the tape.
    public func planJSON(sink: DiagnosticSink) throws(Stopped) -> String { PlanReport(try setupOfFolds(sink: sink)).json }

    func setup(
        _ changed: Spec? = nil, maxMemory: Int? = nil, sink: DiagnosticSink, observe: (ExaminedData) -> Void = { _ in }
    ) throws(Stopped) -> TrainingSetup {
        let spec = changed ?? spec
        let sink = sink.stage()
        let data = try DataPreparation.examine(spec, memoryLimit: MemoryLimit(maxMemory), sink: sink, observe: observe)
        let setup = try TrainingSetup(spec, data, sink: sink)
        try sink.throwIfErrors()
        return setup
    }
}
