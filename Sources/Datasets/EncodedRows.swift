import Diagnostics
import SpecLanguage

/// The rows of a file, encoded by what a trained model holds, some at a time: for predict and evaluate, which need none of them twice.
///
/// A mistake in the file is found when its lines are reached; what was given before stands. Messages count what is wrong in the lines that
/// were read together.
///
/// Memory: of CSV and JSON lines, gzipped or not, or from a pipe, for a window of w bytes w for the bytes, at most 8 per byte for the columns and
/// 4 or 8 per matrix element; nothing grows with the file. JSON lines of which all names have to be known are read twice, and as a whole from a
/// pipe; other formats are read as a whole, array files without being copied, and encoded some rows at a time.
public struct EncodedRows {
    private let preprocessing: Preprocessing
    private let precision: TrainingSpec.Precision
    private let target: TargetEncoding?
    private let comparesDistributions: Bool
    private let requests: [ColumnRequest]
    private let rowsInOrder: RowsInOrder
    private var rows = 0
    private var fillCounts: [Int]
    private var others: [Others?]
    /// As messages call the file.
    public let name: String
    /// Columns that neither a feature nor the target nor the weights use; of JSON lines all of them are known behind the last row only.
    public private(set) var extraColumns: [String]
    /// Whether the rows have weights.
    public let hasWeights: Bool
    private var weights: SampleWeights.Sum
    /// All columns of the file in its order; empty unless they are kept.
    package let keptNames: [String]
    /// Their texts as they stand in the file, for the rows given last.
    package private(set) var kept: [TableColumn] = []

    /// Values taken as none of the known categories.
    private struct Others {
        var count: Int
        let message: (Int) -> Diagnostic
    }

    /// Opens a file and reads its header. Columns are found by name, in any order; the numbers of arrays are taken in order.
    ///
    /// - Parameters:
    ///   - target: nil for predict: the target is not needed, and the targets of the parts are empty.
    ///   - weight: the column of the rows' weights; without it in the file, which is told, each row weighs 1.
    ///   - comparesDistributions: the model's loss is kl_divergence, so each row of the targets has to be a distribution.
    ///   - keepsTexts: whether the texts of all columns are wanted beside the encoded rows. Memory: they take 4 bytes per row, and each different
    ///     text once.
    ///   - windowByteCount: bytes that are read together.
    /// Errors: E1xxx, naming the file.
    public init(
        _ input: ModelInput, preprocessing: Preprocessing, target: TargetEncoding? = nil, weight: String? = nil,
        precision: TrainingSpec.Precision, comparesDistributions: Bool = false, keepsTexts: Bool = false, windowByteCount: Int = 8 << 20,
        sink: DiagnosticSink
    ) throws(Stopped) {
        self.preprocessing = preprocessing
        self.precision = precision
        self.target = target
        self.comparesDistributions = comparesDistributions
        let request = input.request(preprocessing)
        let source: any TableSource
        if [.csv, .tsv].contains(request.resolvedFormat) {
            let windows = try WindowedRows(request, windowByteCount: windowByteCount, sink: sink)
            (source, rowsInOrder) = (windows.source, windows)
        } else if request.resolvedFormat == .jsonl,
            let names = keepsTexts || target != nil
                ? try WindowedLines.names(of: request, windowByteCount: windowByteCount, sink: sink) : preprocessing.features.map(\.name)
        {
            let windows = try WindowedLines(request, names: names, windowByteCount: windowByteCount, sink: sink)
            (source, rowsInOrder) = (windows.source, windows)
        } else {
            source = try request.open(sink: sink)
            rowsInOrder = WholeRows(source, rowCount: max(1, windowByteCount / (8 * max(1, preprocessing.features.count))))
        }
        name = source.name
        let (own, extra) = try DataEncoding.requests(source, preprocessing.features, target, sink: sink)
        let weightRequest = weight.flatMap { DataEncoding.weights($0, source, beside: own, sink: sink) }
        hasWeights = weightRequest != nil
        weights = SampleWeights.Sum(nil, precision)
        keptNames = keepsTexts ? source.columns : []
        extraColumns = extra.filter { $0 != weightRequest?.name }
        requests =
            own + [weightRequest].compactMap { $0 }
            + keptNames.enumerated().map { index, name in
                var request = ColumnRequest(index: index, name: name, mode: .category, missingValues: [])
                request.keepsNested = true
                return request
            }
        fillCounts = Array(repeating: 0, count: preprocessing.features.count)
        others = Array(repeating: nil, count: preprocessing.features.count)
    }

    /// The next rows; nil behind the last. Errors: E1xxx, E3902.
    public mutating func next(sink: DiagnosticSink) throws(Stopped) -> Part? {
        let sink = sink.stage()
        let part = try FileWatch.reading([rowsInOrder.source], sink: sink) { sink throws(Stopped) in try encodeNext(sink: sink) }
        try sink.throwIfErrors()
        return part
    }

    private mutating func encodeNext(sink: DiagnosticSink) throws(Stopped) -> Part? {
        guard let (table, rows) = try rowsInOrder.next(requests, sink: sink) else {
            if self.rows == 0 { throw sink.fail(.noRows(rowsInOrder.source, at: nil)) }
            let names = requests.dropLast(keptNames.count).map(\.name)
            if let columns = try rowsInOrder.columnsAtEnd(names, sink: sink) {
                let used = TextTable(names)
                extraColumns = columns.filter { used.number(of: $0) == nil }
            }
            weights.check(sink: sink)
            return nil
        }
        self.rows += rows.count
        kept = Array(table.columns.suffix(keptNames.count))
        let part = try encode(table, rows: Array(rows), sink: sink)
        weights.add(part, table, sink: sink)
        return part
    }

    private mutating func encode(_ table: DataTable, rows: [Int32], sink: DiagnosticSink) throws(Stopped) -> Part {
        let transforms = preprocessing.features
        let ownCount = requests.count - keptNames.count
        if rows.first == 0 {
            try TableChecks.check(
                table, precision: precision, missing: { $0 < ownCount ? DataEncoding.missing(transforms, $0) : .filled }, sink: sink)
        }
        var encoding = PartEncoding(table: table, precision: precision, comparesDistributions: comparesDistributions, sink: sink)
        encoding.tellsOfOthers = false
        let part = try encoding.encode(transforms, target, rows: rows)
        for (index, count) in encoding.fillCounts(transforms, rows: rows).enumerated() { fillCounts[index] += count }
        for (index, transform) in transforms.enumerated() {
            guard let known = transform.categoriesBesideOthers else { continue }
            let unknown = encoding.unknown(table.columns[index], known, rows)
            guard let first = unknown.rows.first else { continue }
            let message = others[index]?.message ?? Diagnostic.categoriesAsOther(table, table.columns[index], first: first)
            others[index] = Others(count: (others[index]?.count ?? 0) + unknown.count, message: message)
        }
        return part
    }

    /// Tells of all rows together what is told without stopping: gaps that were filled, categories that are none of the known ones.
    public func emitNotes(sink: DiagnosticSink) {
        for case let other? in others { sink.emit(other.message(other.count)) }
        PartEncoding.noteFills(preprocessing.features, counts: fillCounts, file: name, sink: sink)
    }
}
