import Datasets
import Decimals
import Diagnostics
import Training

/// Outputs of a network as the text of a table. Rows are written by all threads, and stand in their order all the same.
struct PredictionText {
    private let form: Prediction.Form
    private let isSingle: Bool
    /// What stands in front of the numbers of a row.
    private let decision: Decision
    /// Whether the first number is 1 less the output.
    private let isBinary: Bool
    /// Columns of the file in front, and the own ones behind them.
    private let columns: [String]
    private let keptCount: Int
    /// For each kept column the feature that it is.
    private let features: [FeatureTransform?]
    /// JSON: what stands in front of each cell.
    private let keys: [[UInt8]]
    /// Outputs of a row.
    private let width: Int

    private enum Decision {
        case nothing
        /// Each class as the text of its cell.
        case className([[UInt8]])
        /// 1 or 0 for each output.
        case labels
    }

    private static let rowsOfPiece = 2048

    /// - Parameter kept: names of the file's own columns, to be printed too.
    /// Errors: E1121, two columns of one name.
    init(_ model: TrainedModel, _ options: Prediction.Options, kept: [String], sink: DiagnosticSink) throws(Stopped) {
        form = options.form
        isSingle = model.precision == .float32
        isBinary = model.task == .binary
        keptCount = kept.count
        let byName = Dictionary(model.preprocessing.features.map { ($0.name, $0) }) { first, _ in first }
        features = kept.map { byName[$0] }
        let taken = Set(kept)
        /// The file may hold the target too.
        func own(_ name: String) -> String { taken.contains(name) ? name + ".predicted" : name }
        let names: [String]
        switch model.target {
        case .values(let targets, _, _):
            names = targets.map(own)
            decision = .nothing
            width = targets.count
        case .labels(let targets):
            names = (options.onlyProbabilities ? [] : targets.map(own)) + targets.map { "p.\($0)" }
            decision = options.onlyProbabilities ? .nothing : .labels
            width = targets.count
        case .classes(let target, let classes):
            names = (options.onlyProbabilities ? [] : [own(target)]) + classes.map { "p.\($0)" }
            let cells = classes.map { Array((options.form == .csv ? PredictionText.csvField($0) : JSONText.quoted($0)).utf8) }
            decision = options.onlyProbabilities ? .nothing : .className(cells)
            width = model.task == .binary ? 1 : classes.count
        }
        if let twice = names.first(where: taken.contains) { throw sink.fail(.columnTwice(twice)) }
        columns = kept + names
        keys = columns.enumerated().map { Array((($0 == 0 ? "{" : ", ") + JSONText.quoted($1) + ": ").utf8) }
    }

    var opening: [UInt8] {
        switch form {
        case .csv: Array((columns.map(PredictionText.csvField).joined(separator: ",") + "\n").utf8)
        case .json: Array("[\n  ".utf8)
        case .jsonl: []
        }
    }
    var closing: [UInt8] { Array((form == .json ? "\n]\n" : "").utf8) }

    /// The text of some rows. Shapes: outputs [rows][outputs].
    ///
    /// - Parameter kept: the texts of the file's own columns, which begin with row `first`.
    func pieces(_ outputs: [Double], rows: Int, isFirst: Bool, kept: [TableColumn], first: Int) -> [[UInt8]] {
        let count = (rows + PredictionText.rowsOfPiece - 1) / PredictionText.rowsOfPiece
        let texts = zip(kept, features).map { KeptTexts($0, form: form, $1) }
        var pieces = [[UInt8]](repeating: [], count: count)
        pieces.withUnsafeMutableBufferPointer { pieces in
            nonisolated(unsafe) let pieces = pieces
            outputs.withUnsafeBufferPointer { outputs in
                Team.run(count, threads: Team.coreCount) { piece in
                    let range = piece * PredictionText.rowsOfPiece..<min((piece + 1) * PredictionText.rowsOfPiece, rows)
                    pieces[piece] = text(outputs, range, isFirst: isFirst && piece == 0, texts, first)
                }
            }
        }
        return pieces
    }

    private func text(_ outputs: UnsafeBufferPointer<Double>, _ rows: Range<Int>, isFirst: Bool, _ kept: [KeptTexts], _ first: Int) -> [UInt8] {
        var longest = 0
        if case .className(let classes) = decision { longest = classes.map(\.count).max() ?? 0 }
        let rowLimit = columns.count * (NumberWriter.limit + 1) + longest + keys.reduce(0) { $0 + $1.count } + 8
        let keptLimit = kept.reduce(0) { sum, column in rows.reduce(sum) { $0 + column.text(first + $1).count } }
        return [UInt8](unsafeUninitializedCapacity: rows.count * rowLimit + keptLimit) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            var out = RowWriter(at: base, form: form, isSingle: isSingle, keys: keys)
            for row in rows {
                if form == .json, !isFirst || row > rows.lowerBound { out.put([UInt8(ascii: ","), 0x0A, 0x20, 0x20]) }
                for (column, texts) in kept.enumerated() { out.cell(texts.text(first + row), column) }
                write(UnsafeBufferPointer(rebasing: outputs[row * width..<(row + 1) * width]), to: &out)
                switch form {
                case .csv: out.put([0x0A])
                case .json: out.put([UInt8(ascii: "}")])
                case .jsonl: out.put([UInt8(ascii: "}"), 0x0A])
                }
            }
            count = out.at - base
        }
    }

    /// The outputs of a row.
    private func write(_ values: UnsafeBufferPointer<Double>, to out: inout RowWriter) {
        var column = keptCount
        switch decision {
        case .nothing: break
        case .className(let classes):
            var best = 0
            if isBinary {
                best = values[0] > 1 - values[0] ? 1 : 0
            } else {
                for index in values.indices where values[index] > values[best] { best = index }
            }
            out.cell(classes[best], column)
            column += 1
        case .labels:
            for value in values {
                out.cell([UInt8(ascii: value > 0.5 ? "1" : "0")], column)
                column += 1
            }
        }
        if isBinary {
            out.cell(1 - values[0], column)
            column += 1
        }
        for value in values {
            out.cell(value, column)
            column += 1
        }
    }

    static func csvField(_ text: String) -> String {
        let special: Set<Character> = [",", "\"", "\n", "\r", "\r\n"]
        guard text.contains(where: { special.contains($0) }) || text.first == " " || text.last == " " || text.isEmpty else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}

/// The texts of a column of the file, each as the text of its cell.
private struct KeptTexts {
    private let codes: UnsafeBufferPointer<Int32>
    private let cells: [[UInt8]]
    private let gap: [UInt8]
    /// Keeps the codes.
    private let column: TableColumn

    /// In JSON a feature's missing values are null, and its categories are texts, whatever they look like.
    init(_ column: TableColumn, form: Prediction.Form, _ feature: FeatureTransform?) {
        self.column = column
        codes = column.codes
        gap = form == .csv ? [] : Array("null".utf8)
        cells = column.texts.texts.enumerated().map { number, text in
            if let json = NestedText.json(column.texts, number) { return Array((form == .csv ? PredictionText.csvField(json) : json).utf8) }
            // An empty field says the same with quotes and without.
            if form == .csv { return text.isEmpty ? [] : Array(PredictionText.csvField(text).utf8) }
            if feature?.missingValues.contains(text) ?? false { return Array("null".utf8) }
            let isText = feature?.isOfTexts ?? false
            return Array((!isText && KeptTexts.isJSONNumber(text) ? text : JSONText.quoted(text)).utf8)
        }
    }

    func text(_ row: Int) -> [UInt8] { codes[row] < 0 ? gap : cells[Int(codes[row])] }

    /// -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
    static func isJSONNumber(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        func digits() -> Int {
            let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let isZero = rest.first == 0x30
        let whole = digits()
        guard whole > 0, !isZero || whole == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            if digits() == 0 { return false }
        }
        if let e = rest.first, e | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
            if digits() == 0 { return false }
        }
        return rest.isEmpty
    }
}

/// Puts the cells of a row behind each other into memory that has room for them.
private struct RowWriter {
    private(set) var at: UnsafeMutablePointer<UInt8>
    private let form: Prediction.Form
    private let isSingle: Bool
    private let keys: [[UInt8]]
    private let numbers = NumberWriter()

    init(at start: UnsafeMutablePointer<UInt8>, form: Prediction.Form, isSingle: Bool, keys: [[UInt8]]) {
        at = start
        self.form = form
        self.isSingle = isSingle
        self.keys = keys
    }

    mutating func put(_ bytes: [UInt8]) {
        for byte in bytes {
            at.pointee = byte
            at += 1
        }
    }

    private mutating func begin(_ column: Int) {
        switch form {
        case .json, .jsonl: put(keys[column])
        case .csv:
            guard column > 0 else { return }
            at.pointee = UInt8(ascii: ",")
            at += 1
        }
    }

    mutating func cell(_ text: [UInt8], _ column: Int) {
        begin(column)
        put(text)
    }

    /// As the precision of the model writes it; in JSON, where no number is infinite, as a Double of that text.
    mutating func cell(_ value: Double, _ column: Int) {
        begin(column)
        let start = at
        at = isSingle ? numbers.write(Float(value), at: start) : numbers.write(value, at: start)
        guard form != .csv else { return }
        guard case .number(let number) = NumberParser.parse(UnsafeBufferPointer(start: start, count: at - start)) else {
            at = start
            return put(Array("null".utf8))
        }
        at = numbers.write(number, at: start)
    }
}

extension Diagnostic {
    static func columnTwice(_ name: String) -> Diagnostic {
        Diagnostic(
            "E1121", "with `--append` two columns would be called `\(name)`: the file's own and one of the prediction",
            fix: "rename the column in the file, or leave `--append` out")
    }
}
