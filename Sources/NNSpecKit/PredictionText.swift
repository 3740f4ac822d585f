import Datasets
import Decimals
import Diagnostics
import Training

/// Outputs of a network as the text of a table. Rows are written by all threads, and stand in their order all the same.
struct PredictionText {
    private let form: Prediction.Form
    private let isSingle: Bool
    private let isBinary: Bool
    /// Columns in order, the class name's included.
    private let columns: [String]
    /// Each class as the text of its cell; empty for a regression.
    private let classes: [[UInt8]]
    /// JSON: what stands in front of each cell.
    private let keys: [[UInt8]]
    /// Outputs of a row.
    private let width: Int

    private static let rowsOfPiece = 2048

    init(_ model: TrainedModel, _ form: Prediction.Form) {
        self.form = form
        isSingle = model.precision == .float32
        isBinary = model.task == .binary
        switch model.target {
        case .values(let names, _, _):
            columns = names
            classes = []
            width = names.count
        case .classes(let name, let names):
            columns = [name] + names.map { "p.\($0)" }
            classes = names.map { Array((form == .csv ? PredictionText.csvField($0) : JSONText.quoted($0)).utf8) }
            width = model.task == .binary ? 1 : names.count
        }
        keys = columns.enumerated().map { Array((($0 == 0 ? "{" : ", ") + JSONText.quoted($1) + ": ").utf8) }
    }

    var opening: [UInt8] { Array((form == .csv ? columns.map(PredictionText.csvField).joined(separator: ",") + "\n" : "[\n  ").utf8) }
    var closing: [UInt8] { Array((form == .csv ? "" : "\n]\n").utf8) }

    /// The text of some rows. Shapes: outputs [rows][outputs].
    func pieces(_ outputs: [Double], rows: Int, isFirst: Bool) -> [[UInt8]] {
        let count = (rows + PredictionText.rowsOfPiece - 1) / PredictionText.rowsOfPiece
        var pieces = [[UInt8]](repeating: [], count: count)
        pieces.withUnsafeMutableBufferPointer { pieces in
            nonisolated(unsafe) let pieces = pieces
            outputs.withUnsafeBufferPointer { outputs in
                Team.run(count, threads: Team.coreCount) { piece in
                    let range = piece * PredictionText.rowsOfPiece..<min((piece + 1) * PredictionText.rowsOfPiece, rows)
                    pieces[piece] = text(outputs, range, isFirst: isFirst && piece == 0)
                }
            }
        }
        return pieces
    }

    private func text(_ outputs: UnsafeBufferPointer<Double>, _ rows: Range<Int>, isFirst: Bool) -> [UInt8] {
        let longest = classes.map(\.count).max() ?? 0
        let rowLimit = columns.count * (NumberWriter.limit + 1) + longest + keys.reduce(0) { $0 + $1.count } + 8
        return [UInt8](unsafeUninitializedCapacity: rows.count * rowLimit) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            var out = RowWriter(at: base, form: form, isSingle: isSingle, keys: keys)
            for row in rows {
                if form == .json, !isFirst || row > rows.lowerBound { out.put([UInt8(ascii: ","), 0x0A, 0x20, 0x20]) }
                let values = UnsafeBufferPointer(rebasing: outputs[row * width..<(row + 1) * width])
                var column = 0
                if !classes.isEmpty {
                    var best = 0
                    if isBinary {
                        best = values[0] > 1 - values[0] ? 1 : 0
                    } else {
                        for index in values.indices where values[index] > values[best] { best = index }
                    }
                    out.cell(classes[best], column)
                    column = 1
                }
                if isBinary {
                    out.cell(1 - values[0], column)
                    column += 1
                }
                for value in values {
                    out.cell(value, column)
                    column += 1
                }
                out.put([form == .csv ? 0x0A : UInt8(ascii: "}")])
            }
            count = out.at - base
        }
    }

    static func csvField(_ text: String) -> String {
        let special: Set<Character> = [",", "\"", "\n", "\r", "\r\n"]
        guard text.contains(where: { special.contains($0) }) || text.first == " " || text.last == " " || text.isEmpty else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
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
        case .json: put(keys[column])
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
        guard form == .json else { return }
        guard case .number(let number) = NumberParser.parse(UnsafeBufferPointer(start: start, count: at - start)) else {
            at = start
            return put(Array("null".utf8))
        }
        at = numbers.write(number, at: start)
    }
}
