import Diagnostics
import SpecLanguage

/// How data files are written: by their names or by `format`, never by guessing at the content.
public enum DataFormat {
    /// How a file of the spec is written; its ending decides on the delimiter unless the spec does.
    package static func options(_ data: DataSpec, path: String) -> CSVOptions {
        var options = written(data)
        if data.format.value == .auto, DataSpec.FileFormat(ending: FilePath.ending(of: path)) == .tsv { options.useTabs() }
        return options
    }

    /// How the spec says that its files are written.
    package static func written(_ data: DataSpec) -> CSVOptions {
        var options = CSVOptions()
        options.delimiter = data.delimiter.value
        options.decimal = data.decimal.value
        options.comment = data.comment.value
        options.header = data.header.value
        if data.format.value == .tsv { options.useTabs() }
        return options
    }
}

extension CSVOptions {
    /// Tabs in the place of the default.
    mutating func useTabs() {
        if delimiter == UInt8(ascii: ",") { delimiter = UInt8(ascii: "\t") }
    }
}
