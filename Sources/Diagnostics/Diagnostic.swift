/// One thing the user should know: a stable code, one message, one main place, and whatever helps to mend it.
public struct Diagnostic: Sendable {
    public enum Severity: String, Sendable { case error, warning, note }

    /// A second place with its own words ("first defined here").
    public struct Label: Sendable {
        public let range: SourceRange
        public let text: String
        public init(_ range: SourceRange, _ text: String) {
            self.range = range
            self.text = text
        }
    }

    /// Stable code: `E0...` spec, `E1...` data, weights and run files, `E2...` divergence, `E3...` the system, `E4...` usage,
    /// `E5...` a promise not met, `W...` warnings. The thousands digit decides the exit status, in `ExitStatus`.
    public let code: String
    public let severity: Severity
    public let message: String
    public let range: SourceRange?
    /// Words under the caret.
    public let label: String
    public let related: [Label]
    public let notes: [String]
    /// A text that can be pasted, or an action ("write `epochs: 5`").
    public let fix: String?

    public init(
        _ code: String, _ message: String, at range: SourceRange? = nil, label: String = "", related: [Label] = [],
        notes: [String] = [], fix: String? = nil
    ) {
        self.code = code
        self.severity = code.hasPrefix("W") ? .warning : code.hasPrefix("N") ? .note : .error
        self.message = message
        self.range = range
        self.label = label
        self.related = related
        self.notes = notes
        self.fix = fix
    }
}

/// Collects diagnostics; libraries emit here and never print.
public final class DiagnosticSink {
    public private(set) var diagnostics: [Diagnostic] = []
    private let whole: DiagnosticSink?
    public convenience init() { self.init(stageOf: nil) }
    private init(stageOf whole: DiagnosticSink?) { self.whole = whole }

    /// A sink for one stage: what is emitted there arrives here too, but whether it has errors is asked of the stage alone.
    public func stage() -> DiagnosticSink { DiagnosticSink(stageOf: self) }

    public func emit(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
        whole?.emit(diagnostic)
    }
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Ends the current stage if anything emitted so far is an error. The errors stay in the sink.
    public func throwIfErrors() throws(Stopped) {
        if hasErrors { throw Stopped() }
    }

    /// Emits an error and gives the `Stopped` to throw.
    public func fail(_ diagnostic: Diagnostic) -> Stopped {
        emit(diagnostic)
        return Stopped()
    }
}

/// Thrown when a stage cannot go on; what happened stands in the sink.
public struct Stopped: Error {
    public init() {}
}

/// The exit status that a set of diagnostics asks for. Decided here and nowhere else.
public enum ExitStatus {
    public static func of(_ diagnostics: [Diagnostic]) -> Int32 {
        guard let first = diagnostics.first(where: { $0.severity == .error }) else { return 0 }
        // E29nn: ended by signal nn, as a shell counts it.
        if first.code.hasPrefix("E29"), let signal = Int32(first.code.dropFirst(3)) { return 128 + signal }
        switch first.code.dropFirst().first {
        case "0": return 3
        case "1": return 4
        case "2": return 5
        case "3": return 6
        case "4": return 2
        case "5": return 1
        default: return 70
        }
    }
}
