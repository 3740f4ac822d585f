import Diagnostics
import SpecLanguage

/// How data files are written: by their names or by `format`, never by guessing at the content.
public enum DataFormat {
    /// How the spec says that its text files are written.
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

/// A data file to be opened: its name, and all that says how it is written.
struct DataRequest {
    var path: Sourced<String>
    /// The file of the targets, of a pair of arrays.
    var targets: Sourced<String>?
    /// `auto` goes by the name.
    var format = DataSpec.FileFormat.auto
    /// What a name that tells nothing means.
    var fallback = DataSpec.FileFormat.csv
    var csv = CSVOptions()
    var query: Sourced<String>?
    var purpose = DataPurpose.training
    /// Whether it may be a pipe or `-`.
    var takesPipes = false
    var memoryLimit = MemoryLimit()

    var name: DataFileName { DataFileName(path.value, format: format) }
    var resolvedFormat: DataSpec.FileFormat { name.format ?? fallback }

    /// As a text; a name that ends in .tsv means tabs.
    var csvOptions: CSVOptions {
        var options = csv
        if resolvedFormat == .tsv { options.useTabs() }
        return options
    }

    /// Opens the file and reads what names its columns. Errors: E10xx, E3902.
    func open(threads: Int = Team.coreCount, sink: DiagnosticSink) throws(Stopped) -> any TableSource {
        let place = path.range
        let isFromCommandLine = path.isFromCommandLine || purpose == .trainedModel
        switch resolvedFormat {
        case .csv, .tsv, .auto: return try CSVSource(try text(threads, sink), options: csvOptions, for: purpose, at: place, sink: sink)
        case .jsonl: return try JSONLinesSource(try text(threads, sink), for: purpose, at: place, sink: sink)
        case .npy, .npz, .idx:
            let inputs = try array(path, sink)
            let others: (ArrayFile, SourceRange?)? = try targets.map { path throws(Stopped) in (try array(path, sink), path.range) }
            return try ArraySource(inputs, targets: others, for: purpose, at: place, sink: sink)
        case .sqlite:
            if takesPipes, path.value == OpenedFile.standardInput { throw sink.fail(.databaseFromPipe("standard input", at: place)) }
            guard let query else { throw sink.fail(.queryOfPrediction(path.value)) }
            return try SQLiteSource(path.value, query: query, for: purpose, at: place, isFromCommandLine: isFromCommandLine, sink: sink)
        }
    }

    private func text(_ threads: Int, _ sink: DiagnosticSink) throws(Stopped) -> DataFile {
        try DataFile.open(
            path.value, at: path.range, isFromCommandLine: path.isFromCommandLine, takesPipes: takesPipes, threads: threads, memoryLimit: memoryLimit,
            sink: sink)
    }

    private func array(_ path: Sourced<String>, _ sink: DiagnosticSink) throws(Stopped) -> ArrayFile {
        let own = DataFileName(path.value, format: format)
        let name = own.format == nil ? DataFileName(path.value, format: fallback) : own
        let file = try ArrayFile.open(
            name, at: path.range, isFromCommandLine: path.isFromCommandLine, takesPipes: takesPipes, memoryLimit: memoryLimit, sink: sink)
        // A trained model takes some of the rows at a time.
        if purpose == .training {
            try memoryLimit.check(file.name, takes: ArrayFile.byteCount(file.shape, file.element) ?? .max, at: path.range, sink: sink)
        }
        return file
    }
}

extension Sourced {
    var isFromCommandLine: Bool { if case .commandLine = origin { true } else { false } }
}

extension CSVOptions {
    /// Tabs in the place of the default.
    mutating func useTabs() {
        if delimiter == UInt8(ascii: ",") { delimiter = UInt8(ascii: "\t") }
    }
}
