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

    /// Reads and checks a spec; `overrides` are `--set` texts. Errors: every mistake that the spec alone shows.
    public static func load(path: String, overrides: [String] = [], sink: DiagnosticSink) throws(Stopped) -> Project {
        Project(document: try SpecReader.read(path: path, overrides: overrides, sink: sink))
    }

    /// Also looks whether the data files exist and hold the columns that are named.
    public func check(sink: DiagnosticSink) throws(Stopped) {
        try DataPreparation.checkFiles(spec, sink: sink)
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
        case nil: return PlanReport(try setup(sink: sink)).text
        case .graph:
            let setup = try setup(sink: sink)
            return Pipeline.forwardGraph(setup.network, hasRowWeights: setup.classWeights != nil).description
        case .gradient:
            let setup = try setup(sink: sink)
            return Pipeline.trainingGraph(setup.network, rule: setup.rule, hasRowWeights: setup.classWeights != nil).description
        case .plan: return try setup(sink: sink).plan.description
        case .arena: return try setup(sink: sink).plan.arenaMap
        }
    }

    /// The plan as one JSON object: layers, bytes by kind, the tape.
    public func planJSON(sink: DiagnosticSink) throws(Stopped) -> String { PlanReport(try setup(sink: sink)).json }

    func setup(sink: DiagnosticSink) throws(Stopped) -> TrainingSetup {
        let data = try DataPreparation.prepare(spec, sink: sink)
        return try TrainingSetup(spec, data, sink: sink)
    }
}
