import Datasets
import Decimals
import Diagnostics
import SpecLanguage
import Training

/// weights.json: a trained model as text that a person can read, git can diff and predict can run.
///
/// Keys stand in a fixed order, one matrix row per line, numbers as the shortest text that reads back to the same bits.
///
/// A feature of numbers becomes (x - `mean`) / `std`. The two keys bear the names of zscore whatever `normalize` says: for minmax `mean` is the
/// minimum and `std` the range, for robust they are the median and the range of the middle half, for none 0 and 1. A category has an
/// `encoding` unless it is one_hot: `index` is its place in `categories`, from 0, `ordinal` that place less `mean`, divided by `std`. A
/// boolean is 1 or 0. A feature with `indicator` has one more input, behind its own: 1 where a value was missing, else 0. `sample_weight` is
/// there where the spec names one: the column that weighs the rows when the model is measured.
public enum WeightsFile {
    static let format = "nnspec-weights"
    static let version = 1
    /// The file's name in a run folder.
    static let name = "weights.json"

    /// The text of a model, as UTF-8.
    public static func text(of model: TrainedModel) -> [UInt8] {
        var bytes: [UInt8] = []
        write(model) { bytes.append(contentsOf: $0) }
        return bytes
    }

    /// The same in pieces of at most a few MiB, in order: the text of a large model never lies in memory as a whole.
    package static func write(_ model: TrainedModel, to emit: (_ piece: [UInt8]) -> Void) {
        withoutActuallyEscaping(emit) { emit in
            var writer = WeightsWriter(emit: emit)
            writer.write(model)
        }
    }

    /// Reads a weights file, or the one in a run folder. Strict: what is not exactly a model of this format is an error.
    ///
    /// - Parameter place: where a spec names it; nil for the command line.
    /// Errors: E17xx, with line and column where the file's text is at fault.
    public static func read(path: String, at place: SourceRange? = nil, sink: DiagnosticSink) throws(Stopped) -> TrainedModel {
        var file = path
        if FileSystem.kind(path) == .folder {
            try RunFolder.settle(path, sink: sink)
            file = (path.hasSuffix("/") ? path : path + "/") + name
            if FileSystem.kind(file) == nil, let fold = FoldFolder.all(in: path).first {
                throw sink.fail(.folderOfFolds(path, first: fold.name, at: place))
            }
            if FileSystem.kind(file) == nil { throw sink.fail(.folderWithoutWeights(path, at: place)) }
        }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try FileSystem.read(file)
        } catch {
            throw sink.fail(.cannotRead(file, error, isRegular: FileSystem.kind(file) != .other, at: place))
        }
        return try read(bytes, name: file, sink: sink)
    }

    /// Reads the bytes of a weights file; `name` is what messages call it.
    package static func read(_ bytes: [UInt8], name: String, sink: DiagnosticSink) throws(Stopped) -> TrainedModel {
        let text = WeightsText(name: name, bytes: bytes)
        let root: JSONValue
        do throws(JSONProblem) {
            root = try JSONReader.read(bytes)
        } catch {
            throw sink.fail(.notJSON(error, in: text))
        }
        do throws(WeightsProblem) {
            return try WeightsReader(text: text).model(root)
        } catch {
            throw sink.fail(error.diagnostic)
        }
    }
}

/// Writes a model; see `WeightsFile` for the format.
private struct WeightsWriter {
    let emit: (_ piece: [UInt8]) -> Void
    private var bytes: [UInt8] = []

    init(emit: @escaping (_ piece: [UInt8]) -> Void) { self.emit = emit }

    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func write(_ model: TrainedModel) {
        put("{\n  \"format\": \"\(WeightsFile.format)\",\n  \"version\": \(WeightsFile.version),\n")
        put("  \"task\": \"\(model.task.rawValue)\",\n  \"precision\": \"\(model.precision.rawValue)\",\n")
        put("  \"loss\": \(JSONText.quoted(model.loss)),\n")
        if let column = model.sampleWeight { put("  \"sample_weight\": \(JSONText.quoted(column)),\n") }
        target(model.target)
        put("  \"preprocessing\": [")
        for (index, feature) in model.preprocessing.features.enumerated() {
            put((index == 0 ? "\n    " : ",\n    ") + WeightsWriter.feature(feature))
        }
        put("\n  ],\n")
        put("  \"layers\": [")
        for (index, each) in model.layers.enumerated() {
            put(index == 0 ? "\n    {\n" : ",\n    {\n")
            layer(each)
            put("\n    }")
        }
        put("\n  ]\n}\n")
        flush()
    }

    private mutating func flush() {
        if !bytes.isEmpty { emit(bytes) }
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func target(_ target: TargetEncoding) {
        switch target {
        case .classes(let name, let classes):
            put("  \"target\": {\"names\": \(JSONText.strings([name]))},\n  \"classes\": \(JSONText.strings(classes)),\n")
        case .labels(let names): put("  \"target\": {\"names\": \(JSONText.strings(names))},\n")
        case .values(let names, let centers, let scales):
            put("  \"target\": {\"names\": \(JSONText.strings(names)), \"centers\": \(JSONText.numbers(centers)), ")
            put("\"scales\": \(JSONText.numbers(scales))},\n")
        }
    }

    /// `mean` and `std` hold center and scale; for minmax these are the minimum and the range.
    private static func feature(_ feature: FeatureTransform) -> String {
        let name = JSONText.quoted(feature.name)
        let missing = JSONText.strings(feature.missingValues) + (feature.hasIndicator ? ", \"indicator\": true" : "")
        switch feature.kind {
        case .number(let normalize, let center, let scale, let fill):
            return "{\"name\": \(name), \"type\": \"number\", \"normalize\": \"\(normalize.rawValue)\", \"mean\": \(center), \"std\": \(scale), "
                + "\"fill\": \(JSONText.number(fill)), \"missing_values\": \(missing)}"
        case .category(let categories, let unseen, let fill):
            return "{\"name\": \(name), \"type\": \"category\", \"categories\": \(JSONText.strings(categories)), \"unseen\": \"\(unseen.rawValue)\", "
                + "\"fill\": \(fill.map(JSONText.quoted) ?? "null"), \"missing_values\": \(missing)}"
        case .index(let categories, let unseen, let fill):
            return "{\"name\": \(name), \"type\": \"category\", \"encoding\": \"index\", \"categories\": \(JSONText.strings(categories)), "
                + "\"unseen\": \"\(unseen.rawValue)\", \"fill\": \(fill.map(JSONText.quoted) ?? "null"), \"missing_values\": \(missing)}"
        case .ordinal(let categories, let normalize, let center, let scale, let fill):
            return "{\"name\": \(name), \"type\": \"category\", \"encoding\": \"ordinal\", \"categories\": \(JSONText.strings(categories)), "
                + "\"normalize\": \"\(normalize.rawValue)\", \"mean\": \(center), \"std\": \(scale), "
                + "\"fill\": \(fill.map(JSONText.quoted) ?? "null"), \"missing_values\": \(missing)}"
        case .boolean(let fill):
            return "{\"name\": \(name), \"type\": \"boolean\", \"fill\": \(JSONText.number(fill)), \"missing_values\": \(missing)}"
        }
    }

    private mutating func layer(_ layer: TrainedLayer) {
        put("      \"name\": \(JSONText.quoted(layer.name)),\n      \"type\": \(JSONText.quoted(layer.type)),\n")
        put("      \"activation\": \"\(layer.activation.rawValue)\"")
        guard let weight = layer.weight else { return }
        put(",\n      \"weight\": [")
        rows(of: weight) { $0 == 0 ? "\n        " : ",\n        " }
        put("\n      ],\n      \"bias\": ")
        if let bias = layer.bias { rows(of: bias) { _ in "" } } else { put("null") }
    }

    /// All rows of a matrix, each behind its own text. Rows are written by all threads, and stand in their order all the same.
    private mutating func rows(of matrix: Matrix, behind prefix: (_ row: Int) -> StaticString) {
        let rowsOfPiece = max(1, WeightsWriter.numbersOfPiece / max(matrix.columns, 1))
        let count = (matrix.rows + rowsOfPiece - 1) / rowsOfPiece
        for first in stride(from: 0, to: count, by: WeightsWriter.piecesAtOnce) {
            var pieces = [[UInt8]](repeating: [], count: min(WeightsWriter.piecesAtOnce, count - first))
            pieces.withUnsafeMutableBufferPointer { pieces in
                nonisolated(unsafe) let pieces = pieces
                Team.run(pieces.count, threads: Team.coreCount) { piece in
                    let row = (first + piece) * rowsOfPiece
                    pieces[piece] = WeightsWriter.text(row..<min(row + rowsOfPiece, matrix.rows), of: matrix, behind: prefix)
                }
            }
            for piece in pieces { bytes.append(contentsOf: piece) }
            if bytes.count >= WeightsWriter.flushedByteCount { flush() }
        }
    }

    private static let numbersOfPiece = 1 << 12
    private static let piecesAtOnce = 16
    private static let flushedByteCount = 1 << 20

    private static func text(_ rows: Range<Int>, of matrix: Matrix, behind prefix: (_ row: Int) -> StaticString) -> [UInt8] {
        let writer = NumberWriter()
        let rowLimit = matrix.columns * (NumberWriter.limit + 2) + 16
        return [UInt8](unsafeUninitializedCapacity: rows.count * rowLimit) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            var at = base
            func put(_ byte: UInt8) {
                at.pointee = byte
                at += 1
            }
            for row in rows {
                let text = prefix(row)
                at.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
                at += text.utf8CodeUnitCount
                put(UInt8(ascii: "["))
                for index in row * matrix.columns..<(row + 1) * matrix.columns {
                    at = matrix.write(index, with: writer, at: at)
                    put(UInt8(ascii: ","))
                    put(UInt8(ascii: " "))
                }
                if matrix.columns > 0 { at -= 2 }
                put(UInt8(ascii: "]"))
            }
            count = at - base
        }
    }
}
