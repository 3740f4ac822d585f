import Diagnostics

/// Work on files whose bytes are mapped, and so may change while it goes on.
enum FileWatch {
    /// Does some work that reads the sources. What it finds in a file that was changed meanwhile is worth nothing: then the change alone is told.
    ///
    /// Errors: those of the work; E3990, E1004.
    static func reading<Result>(
        _ sources: [any TableSource], sink: DiagnosticSink, _ work: (DiagnosticSink) throws(Stopped) -> Result
    ) throws(Stopped) -> Result {
        let found = DiagnosticSink()
        var result: Result?
        do throws(Stopped) {
            result = try work(found)
        } catch {
            // What stopped it stands among what was found.
        }
        if let loss = sources.lazy.compactMap(\.loss).first { throw sink.fail(loss) }
        for diagnostic in found.diagnostics { sink.emit(diagnostic) }
        guard let result else { throw Stopped() }
        return result
    }
}
