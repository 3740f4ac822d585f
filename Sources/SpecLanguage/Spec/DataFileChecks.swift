import Diagnostics

/// What the names of the data files say about their format.
extension SpecChecks {
    func files() {
        guard root.isKnown("data", "format") else { return }
        for name in ["path", "train", "validation", "test"] where root.isKnown("data", name) {
            guard let file = root["data"]?[name], let path = file.text else { continue }
            let ending = FilePath.ending(of: path)
            if ending == "gz" || (spec.data.format.value == .auto && DataSpec.FileFormat.laterEndings.contains(ending)) {
                let fix = ending == "gz" ? "unpack it first, with `gzip -d`" : "convert the file to CSV"
                sink.emit(.notAvailable("a data file of format \(ending)", file.range, fix: fix))
            } else if spec.data.format.value == .auto, DataSpec.FileFormat(ending: ending) == nil {
                sink.emit(.formatUnknown(ending, at: file.range))
            }
        }
    }
}

extension DataSpec.FileFormat {
    /// Endings of formats that a later version reads.
    public static let laterEndings = ["jsonl", "npy", "npz", "idx", "gz"]

    /// By what stands behind the last dot of a name, in lower case; nil if that tells nothing.
    public init?(ending: String) {
        switch ending {
        case "csv": self = .csv
        case "tsv": self = .tsv
        default: return nil
        }
    }
}

extension Diagnostic {
    static func formatUnknown(_ ending: String, at range: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E0349",
            ending.isEmpty
                ? "the name of this data file has no ending that tells its format" : "`.\(ending)` does not tell the format of this data file",
            at: range, notes: ["the endings known are .csv and .tsv"], fix: "write `format: csv` (or tsv) under `data`")
    }
}
