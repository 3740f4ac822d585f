import Datasets
import Diagnostics
import SpecLanguage
import Training

/// weights.json: a trained model as text that a person can read, git can diff and predict can run.
///
/// Keys stand in a fixed order, one matrix row per line, numbers as the shortest text that reads back to the same bits.
///
/// A feature of numbers becomes (x - `mean`) / `std`. The two keys bear the names of zscore whatever `normalize` says: for minmax `mean` is the
/// minimum and `std` the range, for robust they are the median and the range of the middle half, for none 0 and 1.
public enum WeightsFile {
    static let format = "nnspec-weights"
    static let version = 1
    /// The file's name in a run folder.
    static let name = "weights.json"

    /// The text of a model, as UTF-8.
    public static func text(of model: TrainedModel) -> [UInt8] {
        var writer = WeightsWriter()
        writer.write(model)
        return writer.bytes
    }

    /// Reads a weights file, or the one in a run folder. Strict: what is not exactly a model of this format is an error.
    ///
    /// - Parameter place: where a spec names it; nil for the command line.
    /// Errors: E17xx, with line and column where the file's text is at fault.
    public static func read(path: String, at place: SourceRange? = nil, sink: DiagnosticSink) throws(Stopped) -> TrainedModel {
        var file = path
        if FileSystem.kind(path) == .folder {
            file = (path.hasSuffix("/") ? path : path + "/") + name
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
    private(set) var bytes: [UInt8] = []

    private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

    mutating func write(_ model: TrainedModel) {
        put("{\n  \"format\": \"\(WeightsFile.format)\",\n  \"version\": \(WeightsFile.version),\n")
        put("  \"task\": \"\(model.task.rawValue)\",\n  \"precision\": \"\(model.precision.rawValue)\",\n")
        put("  \"loss\": \(JSONText.quoted(model.loss)),\n")
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
    }

    private mutating func target(_ target: TargetEncoding) {
        switch target {
        case .classes(let name, let classes):
            put("  \"target\": {\"names\": \(JSONText.strings([name]))},\n  \"classes\": \(JSONText.strings(classes)),\n")
        case .values(let names, let centers, let scales):
            put("  \"target\": {\"names\": \(JSONText.strings(names)), \"centers\": \(JSONText.numbers(centers)), ")
            put("\"scales\": \(JSONText.numbers(scales))},\n")
        }
    }

    /// `mean` and `std` hold center and scale; for minmax these are the minimum and the range.
    private static func feature(_ feature: FeatureTransform) -> String {
        let name = JSONText.quoted(feature.name)
        let missing = JSONText.strings(feature.missingValues)
        switch feature.kind {
        case .number(let normalize, let center, let scale, let fill):
            return "{\"name\": \(name), \"type\": \"number\", \"normalize\": \"\(normalize.rawValue)\", \"mean\": \(center), \"std\": \(scale), "
                + "\"fill\": \(JSONText.number(fill)), \"missing_values\": \(missing)}"
        case .category(let categories, let unseen, let fill):
            return "{\"name\": \(name), \"type\": \"category\", \"categories\": \(JSONText.strings(categories)), \"unseen\": \"\(unseen.rawValue)\", "
                + "\"fill\": \(fill.map(JSONText.quoted) ?? "null"), \"missing_values\": \(missing)}"
        }
    }

    private mutating func layer(_ layer: TrainedLayer) {
        put("      \"name\": \(JSONText.quoted(layer.name)),\n      \"type\": \(JSONText.quoted(layer.type)),\n")
        put("      \"activation\": \"\(layer.activation.rawValue)\"")
        guard let weight = layer.weight else { return }
        put(",\n      \"weight\": [")
        for row in 0..<weight.rows {
            put(row == 0 ? "\n        " : ",\n        ")
            self.row(row, of: weight)
        }
        put("\n      ],\n      \"bias\": ")
        if let bias = layer.bias { row(0, of: bias) } else { put("null") }
    }

    private mutating func row(_ row: Int, of matrix: Matrix) {
        bytes.append(UInt8(ascii: "["))
        for index in row * matrix.columns..<(row + 1) * matrix.columns {
            if index > row * matrix.columns { put(", ") }
            put(matrix.text(index))
        }
        bytes.append(UInt8(ascii: "]"))
    }
}
