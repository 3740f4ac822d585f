import Diagnostics

/// What the names of the data files say about their format, and what that leaves without effect.
extension SpecChecks {
    func files() {
        guard root.isKnown("data", "format") else { return }
        let written = spec.data.format
        var formats: [DataSpec.FileFormat] = []
        var isAllKnown = true
        for (file, isArray) in dataFiles {
            guard let path = file.text else { continue }
            let name = DataFileName(path, format: written.value)
            if let format = name.format {
                formats.append(format)
                if isArray, ![.npy, .npz, .idx].contains(format) { sink.emit(.noArrayFile(format, at: file.range)) }
                if format == .sqlite, name.isGzip { sink.emit(.databaseInGzip(at: file.range)) }
            } else {
                isAllKnown = false
                sink.emit(.formatUnknown(FilePath.ending(of: name.plain), at: file.range))
            }
        }
        guard isAllKnown, !formats.isEmpty else { return }
        idleSettings(formats)
        if formats.contains(.sqlite), spec.data.query == nil, root.isKnown("data", "query") {
            sink.emit(.queryMissing(at: dataFiles.first?.file.range))
        }
    }

    /// All files of the data, and whether they are to hold arrays.
    private var dataFiles: [(file: Resolved, isArray: Bool)] {
        guard let data = root["data"] else { return [] }
        let parts = ["train", "validation", "test"].compactMap { data[$0] }
        let tables = [data["path"]].compactMap { $0 } + parts.filter { $0.text != nil }
        // Beside `path` they exclude each other, which has been told.
        let arrays = ((data["path"] == nil ? [data] : []) + parts).flatMap { [$0["inputs"], $0["targets"]] }.compactMap { $0 }
        return (tables.map { ($0, false) } + arrays.map { ($0, true) }).filter(\.0.isWhole)
    }

    /// How a text is written says nothing about other files. A default that is written out changes nothing and stays legal.
    private func idleSettings(_ formats: [DataSpec.FileFormat]) {
        let isText = formats.contains { $0 == .csv || $0 == .tsv }
        var idle = isText ? [] : ["delimiter", "header", "comment", "decimal"]
        if !formats.contains(.sqlite) { idle.append("query") }
        for name in idle {
            guard let value = root["data"]?[name], value.range != nil, isChange(value, of: SettingsTable.data.setting(name)) else { continue }
            sink.emit(.settingOfOtherFormat(name, value.range, format: formats[0], at: dataFiles.first?.file.range))
        }
    }
}

extension Diagnostic {
    static func formatUnknown(_ ending: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0349",
            ending.isEmpty
                ? "the name of this data file has no ending that tells its format" : "`.\(ending)` does not tell the format of this data file",
            at: range,
            notes: ["the endings known are \(DataFileName.endings.map { "." + $0 }.joined(separator: ", ")), each also with .gz behind it"],
            fix: "write `format: csv` (or another one) under `data`")
    }

    static func databaseInGzip(at range: SourceRange?) -> Diagnostic {
        Diagnostic("E0359", "a gzipped sqlite file cannot be queried", at: range, fix: "unpack it first, with `gzip -d`")
    }

    static func queryMissing(at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0360", "`data.query` is missing: a sqlite file is no table by itself", at: range, fix: "add `query: SELECT * FROM ...`")
    }

    static func noArrayFile(_ format: DataSpec.FileFormat, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0362", "`inputs` and `targets` are files of arrays (npy, npz, idx), and this is \(format.rawValue)", at: range,
            fix: "write `path` and `target` for a table, whose columns have names")
    }

    static func settingOfOtherFormat(_ name: String, _ range: SourceRange?, format: DataSpec.FileFormat, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0361", "`data.\(name)` does nothing for a file of format \(format.rawValue)", at: range, label: "no effect",
            related: place.map { [.init($0, "the file")] } ?? [], fix: "remove it")
    }
}
