import Diagnostics
import SpecLanguage

/// Which format a data file has: by its name or by `format`, never by guessing at the content.
public enum DataFormat {
    /// How the files of a spec are written; the format of `path` decides on the delimiter unless the spec does.
    ///
    /// Errors: E1014 (the name tells nothing), E1015 (a format that is not built).
    package static func options(_ data: DataSpec, path: Sourced<String>, sink: DiagnosticSink) throws(Stopped) -> CSVOptions {
        let format = try resolve(path.value, data.format, at: path.range, sink: sink)
        var options = written(data)
        if format == .tsv, data.delimiter.value == UInt8(ascii: ",") { options.delimiter = UInt8(ascii: "\t") }
        return options
    }

    /// How the spec says that its files are written.
    package static func written(_ data: DataSpec) -> CSVOptions {
        var options = CSVOptions()
        options.delimiter = data.format.value == .tsv && data.delimiter.value == UInt8(ascii: ",") ? UInt8(ascii: "\t") : data.delimiter.value
        options.decimal = data.decimal.value
        options.comment = data.comment.value
        options.header = data.header.value
        return options
    }

    /// Either csv or tsv.
    package static func resolve(
        _ path: String, _ format: Sourced<DataSpec.FileFormat>, at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) -> DataSpec.FileFormat {
        let ending = fileExtension(path)
        if ending == "gz" { throw sink.fail(.formatNotAvailable("gz", path, at: place)) }
        switch format.value {
        case .csv, .tsv: return format.value
        case .jsonl, .npy, .npz, .idx: throw sink.fail(.formatNotAvailable(format.value.rawValue, path, at: format.range ?? place))
        case .auto: break
        }
        switch DataSpec.FileFormat(rawValue: ending) {
        case .csv: return .csv
        case .tsv: return .tsv
        case .jsonl, .npy, .npz, .idx: throw sink.fail(.formatNotAvailable(ending, path, at: place))
        case .auto, nil: throw sink.fail(.unknownExtension(path, at: place))
        }
    }

    /// What stands behind the last dot of the file's name, in lower case; "" without a dot.
    static func fileExtension(_ path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return "" }
        return name[name.index(after: dot)...].lowercased()
    }
}
