extension Diagnostic {
    /// File by file in the order in which the files first appear, within a file from top to bottom; what has no place comes last.
    static func inFileOrder(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        var files: [SourceFile] = []
        var keys: [(file: Int, lower: Int, index: Int)] = []
        for (index, diagnostic) in diagnostics.enumerated() {
            guard let range = diagnostic.range else {
                keys.append((Int.max, 0, index))
                continue
            }
            if !files.contains(where: { $0 === range.file || $0.name == range.file.name }) { files.append(range.file) }
            let file = files.firstIndex { $0 === range.file || $0.name == range.file.name } ?? 0
            // Excerpts of one file compare by line first.
            keys.append((file, range.file.firstLine > 1 ? range.start.line << 20 : range.lower, index))
        }
        return keys.sorted { ($0.file, $0.lower, $0.index) < ($1.file, $1.lower, $1.index) }.map { diagnostics[$0.index] }
    }
}
