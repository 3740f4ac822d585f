import Decimals
import Diagnostics
import SpecLanguage
import Synchronization

/// One array, or one of inputs and one of targets with as many rows, as a table. Arrays have no names: those of a lone array are called
/// c0, c1 and so on, as in a text without a header, inputs x0, x1, targets y0, y1.
struct ArraySource: TableSource {
    let name: String
    let purpose: DataPurpose
    let place: SourceRange?
    let columns: [String]
    /// Columns that are targets, behind the others.
    let targetCount: Int
    let rows: Int
    private let arrays: [ArrayFile]
    private let numbers: TextTable

    var options: CSVOptions { CSVOptions() }
    var hasHeader: Bool { false }
    var headerLooksLikeData: Bool { false }
    var headerLine: SourceRange? { nil }
    var unit: RowUnit { .row }
    var byteCount: Int { arrays.reduce(0) { $0 + (ArrayFile.byteCount($1.shape, $1.element) ?? 0) } }
    func index(of name: String) -> Int? { numbers.number(of: name).map { Int($0) } }
    func headerRange(_ index: Int) -> SourceRange? { nil }
    var loss: Diagnostic? { arrays.lazy.compactMap { $0.bytes.loss(at: place) }.first }

    /// - Parameter targets: nil for a lone array.
    /// Errors: E1047 (as many rows as inputs).
    init(
        _ inputs: ArrayFile, targets: (array: ArrayFile, place: SourceRange?)?, for purpose: DataPurpose, at place: SourceRange?, sink: DiagnosticSink
    ) throws(Stopped) {
        name = inputs.name
        self.purpose = purpose
        self.place = place
        rows = inputs.rows
        if let targets, targets.array.rows != rows {
            throw sink.fail(.rowsOfPair(inputs, targets.array, at: targets.place, inputs: place))
        }
        arrays = [inputs, targets?.array].compactMap { $0 }
        targetCount = targets?.array.width ?? 0
        let first = targets == nil ? "c" : "x"
        columns = (0..<inputs.width).map { "\(first)\($0)" } + (0..<targetCount).map { "y\($0)" }
        numbers = TextTable(columns)
    }

    /// Names of the targets.
    var targetNames: [String] { Array(columns.suffix(targetCount)) }

    private func array(_ column: Int) -> (array: ArrayFile, column: Int) {
        column < arrays[0].width ? (arrays[0], column) : (arrays[1], column - arrays[0].width)
    }

    fileprivate func numbers(_ column: Int) -> ColumnNumbers {
        let (array, own) = array(column)
        return array.numbers(own)
    }

    fileprivate func file(_ column: Int) -> String { array(column).array.name }

    // MARK: Reading

    func read(
        _ requests: [ColumnRequest], threads: Int, at place: SourceRange?, rowLimit: Int, sink: DiagnosticSink
    ) throws(Stopped) -> DataTable {
        guard rows <= rowLimit else { throw sink.fail(.tooManyRows(name, limit: rowLimit, at: place)) }
        // What has nothing odd anywhere need not be looked through column by column.
        let isOdd = arrays.map { $0.hasOddNumbers(threads: threads) }
        var columns = [TableColumn?](repeating: nil, count: requests.count)
        columns.withUnsafeMutableBufferPointer { columns in
            nonisolated(unsafe) let columns = columns
            Team.run(requests.count, threads: threads) { index in
                let request = requests[index]
                let (array, own) = self.array(request.index)
                let isOddArray = request.index < arrays[0].width ? isOdd[0] : isOdd[1]
                columns[index] =
                    request.takesNumbers
                    ? TableColumn(request, numbersOf: array, own, isOdd: isOddArray) : named(request, array.numbers(own))
            }
        }
        let read = columns.compactMap { $0 }
        guard read.count == requests.count else { throw sink.fail(.noMemoryForData(name, byteCount)) }
        return DataTable(source: self, places: ArrayPlaces(source: self), rows: rows, columns: read)
    }

    /// Numbers as the texts that they are written as; nil if the system has no memory.
    private func named(_ request: ColumnRequest, _ numbers: ColumnNumbers) -> TableColumn? {
        var own = request
        own.index = 0
        let kind = request.kind ?? .numbers
        guard let builder = TableBuilder([own], kinds: [kind], fieldCount: 1, rows: rows), let base = numbers.base else { return nil }
        for row in 0..<rows {
            let place = base + row * numbers.stride
            if numbers.element.isFloat, numbers.element.number(place).isNaN {
                builder.appendMissing(0, row)
            } else {
                builder.append(numbers.element.text(place), 0, row)
            }
        }
        return builder.columns(rows: rows).first?.with(request)
    }
}

extension ColumnRequest {
    /// Whether the numbers can stay where they are: no name is wanted, and no number means that there is none.
    fileprivate var takesNumbers: Bool {
        (mode == .number || mode == .auto) && missingValues.allSatisfy { NumberParser.parse($0) == .notANumber }
    }
}

extension ArrayFile {
    /// Whether any number is NaN, infinite or beyond the range of Float. Integers never are.
    fileprivate func hasOddNumbers(threads: Int) -> Bool {
        guard element.isFloat else { return false }
        let count = rows * width
        let stretch = 1 << 18
        let found = Atomic<Bool>(false)
        let (base, size, element) = (bytes.base + offset, element.byteCount, element)
        nonisolated(unsafe) let first = base
        Team.run((count + stretch - 1) / stretch, threads: threads) { piece in
            for index in piece * stretch..<min((piece + 1) * stretch, count)
            where !(element.number(first + index * size).magnitude <= Double(Float.greatestFiniteMagnitude)) {
                found.store(true, ordering: .relaxed)
                return
            }
        }
        return found.load(ordering: .relaxed)
    }
}

extension TableColumn {
    /// A column of an array as it lies there.
    fileprivate convenience init(_ request: ColumnRequest, numbersOf array: ArrayFile, _ column: Int, isOdd: Bool) {
        let numbers = array.numbers(column)
        var (missing, infinite, beyond) = (Places(), Places(), Places())
        if isOdd {
            for row in numbers.indices {
                let value = numbers[row]
                if value.isNaN { missing.add(row) } else if value.isInfinite { infinite.add(row) } else if !Float(value).isFinite { beyond.add(row) }
            }
        }
        self.init(request, numbers, missing: missing, outOfRange: infinite, beyondFloat: beyond, owner: array.bytes)
    }
}

/// Rows of arrays are numbered from 1; what stands there is told as a number.
struct ArrayPlaces: CellPlaces {
    let source: ArraySource

    func range(_ row: Int32, _ column: Int) -> SourceRange? { nil }
    func number(_ row: Int32, _ column: Int) -> Int { Int(row) + 1 }

    func text(_ row: Int32, _ column: Int) -> String {
        let numbers = source.numbers(column)
        guard let base = numbers.base else { return "" }
        return numbers.element.text(base + Int(row) * numbers.stride)
    }
}
