import Diagnostics
import NNSpecKit

extension Command {
    static var findLearningRate: Command {
        Command(
            "find-lr", "let the learning rate rise over some batches, show the loss, and suggest a rate", arguments: [.spec],
            flags: [
                .set, Flag(name: "from", placeholder: "RATE", help: "the rate to begin with; 1e-7 if left out"),
                Flag(name: "to", placeholder: "RATE", help: "the rate to rise to; 10 if left out"),
                Flag(name: "steps", placeholder: "N", help: "batches, each with a rate of its own; 100 if left out"),
                .threads, .maxMemory, .format, .json, .quiet,
            ]
        ) { (invocation, sink) throws(Stopped) in
            var options = TrainOptions()
            options.threads = try invocation.count("threads", upTo: 1024, sink)
            options.maxMemory = try invocation.byteCount("max-memory", sink)
            let (from, to) = (try invocation.rate("from", sink) ?? 1e-7, try invocation.rate("to", sink) ?? 10)
            guard from < to else { throw sink.fail(.ratesDoNotRise(from, to)) }
            let steps = try invocation.count("steps", from: 10, upTo: 100_000, sink) ?? 100
            let path = invocation.arguments[0]
            let project = try Project.load(path: path, overrides: invocation.values("set"), lookingAt: .rows, sink: sink)
            let report = try project.findLearningRate(RateRange(from: from, to: to, steps: steps), options: options, sink: sink)
            if invocation.has("json") {
                try StandardOutput.write(JSONDocument.rates(report, sink.diagnostics), sink: sink)
            } else if !invocation.has("quiet") {
                try StandardOutput.write(RateText.text(report, spec: ShellWord.quoted(path)), sink: sink)
            }
        }
    }
}

extension Invocation {
    /// The value of a flag as a learning rate.
    fileprivate func rate(_ flag: String, _ sink: DiagnosticSink) throws(Stopped) -> Double? {
        guard let text = value(flag) else { return nil }
        let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
        guard isDecimal, let number = Double(text), number >= 1e-12, number <= 1e6 else {
            throw sink.fail(.badFlagValue(flag, found: text, expected: "a learning rate from 1e-12 to 1e6, such as 0.001"))
        }
        return number
    }
}

extension Diagnostic {
    static func ratesDoNotRise(_ from: Double, _ to: Double) -> Diagnostic {
        Diagnostic(
            "E4016", "the learning rate is to rise from \(NumberText.significant(from)) to \(NumberText.significant(to))",
            notes: ["without `--from` it begins at 1e-7, without `--to` it ends at 10"], fix: "write a `--from` below `--to`")
    }
}

extension JSONDocument {
    /// All points; `suggestion` and `lowest` are null where there is none.
    static func rates(_ report: RateReport, _ diagnostics: [Diagnostic]) -> String {
        let (sweep, levelled) = (report.sweep, report.sweep.levelled)
        func point(_ index: Int?) -> String {
            guard let index else { return "null" }
            let point = sweep.points[index]
            return JSONText.object([
                ("learning_rate", JSONText.number(point.rate)), ("loss", JSONText.number(point.loss)), ("smoothed", JSONText.number(levelled[index])),
            ])
        }
        let (end, rate): (String, Double?) =
            switch sweep.end {
            case .largestRate: ("largest_rate", nil)
            case .rose: ("rose", nil)
            case .notFinite(let rate): ("not_finite", rate)
            }
        return JSONText.object([
            ("ok", "true"), ("name", JSONText.quoted(report.name)), ("network", JSONText.quoted(report.network)),
            ("optimizer", JSONText.quoted(report.optimizer)), ("learning_rate", JSONText.number(report.present)),
            ("batch_rows", "\(report.batchRows)"), ("from", JSONText.number(report.range.from)), ("to", JSONText.number(report.range.to)),
            ("steps", "\(report.range.steps)"), ("end", JSONText.quoted(end)), ("not_finite_at", JSONText.number(rate)),
            ("suggestion", JSONText.number(sweep.suggestion)), ("lowest", point(sweep.lowest)),
            ("left_out", JSONText.strings(report.leftOut)), ("points", JSONText.array(sweep.points.indices.map(point))),
            ("diagnostics", list(diagnostics)),
        ]) + "\n"
    }
}
