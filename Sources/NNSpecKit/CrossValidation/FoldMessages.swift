import Diagnostics

/// What several folds say of the same data, told once.
struct FoldMessages {
    let sink: DiagnosticSink
    private var told: Set<String> = []

    init(_ sink: DiagnosticSink) { self.sink = sink }

    /// Of two messages of one kind that differ in numbers alone, or that point at one place, the first is enough.
    ///
    /// - Parameter fold: that of its rows. What the first of them has, mostly all have; of the others it is worth a word.
    mutating func pass(_ diagnostics: [Diagnostic], ofFold fold: Int = 1) {
        for diagnostic in diagnostics {
            let words = diagnostic.message.filter { !$0.isNumber && $0 != "." }
            let key = diagnostic.range.map { "\(diagnostic.code) \($0.file.name) \($0.start.line) \($0.lower)" } ?? "\(diagnostic.code) \(words)"
            if told.insert(key).inserted { sink.emit(fold == 1 ? diagnostic : diagnostic.met(inFold: fold)) }
        }
    }
}

extension Diagnostic {
    fileprivate func met(inFold fold: Int) -> Diagnostic { noted(["met in fold \(fold)"]) }

    func noted(_ more: [String]) -> Diagnostic {
        Diagnostic(code, message, at: range, label: label, related: related, notes: notes + more, fix: fix)
    }
}
