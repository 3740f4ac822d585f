import Diagnostics
import SpecLanguage
import Training

/// What came of comparing gradients with finite differences.
public typealias GradientReport = Training.GradientReport

extension Project {
    /// Compares the gradients of the first step of a training with finite differences, in float64 whatever the spec's precision. Writes nothing.
    ///
    /// Errors: whatever keeps the spec from being trained; E2082 a loss that is not finite; E5082 a gradient that is off, with the report.
    public func checkGradients(sink: DiagnosticSink) throws(Stopped) -> GradientReport {
        var exact = spec
        exact.training.precision = Sourced(.float64)
        let (setup, initial) = try compiled(exact, sink: sink)
        return try GradientCheck(setup, initial: initial, threads: NNSpec.coreCount, sink: sink).run(sink: sink)
    }
}
