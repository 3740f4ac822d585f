import Datasets
import Decimals
import Diagnostics
import SpecLanguage

/// How a data file is written, guessed from its first records; what differs from the defaults becomes settings of the draft.
struct TableLayout {
    private(set) var options = CSVOptions()
    /// `delimiter: ";"` and the like, each with its reason.
    private(set) var settings: [(setting: String, why: String)] = []

    private static let sampleSize = 50

    /// Of a file that has nothing to guess.
    init() {}

    init(_ file: DataFile) {
        let format = DataFileName(file.name).format
        if format == nil { settings.append(("format: csv", "the file's name does not tell")) }
        options.comment = Self.comment(file)
        if options.comment != nil { settings.append(("comment: \"#\"", "the file begins with a line of comment")) }
        if format == .tsv { options.delimiter = UInt8(ascii: "\t") } else { guessDelimiter(file) }
        let records = Self.sample(file, options)
        guessDecimal(records)
        guessHeader(records)
    }

    /// `#` if the file begins with it, unless that line names the columns of the next one.
    private static func comment(_ file: DataFile) -> UInt8? {
        let start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        guard file.bytes.count > start, file.bytes[start] == UInt8(ascii: "#") else { return nil }
        var options = CSVOptions()
        for delimiter in delimiters {
            options.delimiter = delimiter
            let records = sample(file, options, limit: 2)
            if records.count == 2, records[0].count > 1, records[0].count == records[1].count, records[1][0].first != "#" { return nil }
        }
        return UInt8(ascii: "#")
    }

    /// In this order: a comma is the one that also stands inside numbers and texts.
    private static let delimiters = [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: "|"), UInt8(ascii: ",")]

    private mutating func guessDelimiter(_ file: DataFile) {
        for delimiter in Self.delimiters {
            var trial = options
            trial.delimiter = delimiter
            let widths = Set(Self.sample(file, trial).map(\.count))
            guard widths.count == 1, let width = widths.first, width > 1 else { continue }
            options.delimiter = delimiter
            guard delimiter != UInt8(ascii: ",") else { return }
            let shown = delimiter == UInt8(ascii: "\t") ? "\\t" : String(decoding: [delimiter], as: UTF8.self)
            return settings.append(("delimiter: \"\(shown)\"", "it divides every line into \(width) fields"))
        }
    }

    private mutating func guessDecimal(_ records: [[String]]) {
        guard options.delimiter != UInt8(ascii: ",") else { return }
        let texts = records.joined()
        let hasCommas = texts.contains { $0.contains(",") && NumberParser.parse($0, decimal: UInt8(ascii: ",")) != .notANumber }
        let hasPoints = texts.contains { $0.contains(".") && NumberParser.parse($0) != .notANumber }
        guard hasCommas, !hasPoints else { return }
        options.decimal = UInt8(ascii: ",")
        settings.append(("decimal: \",\"", "numbers are written like 1,5"))
    }

    /// The first line is data if every column of numbers begins with a number there; 2019, 2020, 2021 are names all the same.
    private mutating func guessHeader(_ records: [[String]]) {
        guard let names = records.first, records.count > 1 else { return }
        func number(_ text: String) -> Double? {
            if case .number(let value) = NumberParser.parse(text, decimal: options.decimal) { value } else { nil }
        }
        let numeric = names.indices.filter { column in
            let present = records.dropFirst().compactMap { column < $0.count ? $0[column] : nil }.filter { !MissingTexts.isUsual($0) }
            return !present.isEmpty && present.allSatisfy { number($0) != nil }
        }
        let firsts = numeric.compactMap { number(names[$0]) }
        guard !numeric.isEmpty, firsts.count == numeric.count else { return }
        let isCounting = firsts.count > 1 && zip(firsts, firsts.dropFirst()).allSatisfy { $0 + 1 == $1 }
        guard !isCounting else { return }
        options.header = false
        settings.append(("header: false", "the first line is data, so the columns are called c0, c1, ..."))
    }

    /// The texts of the first records; fewer if the quotes are wrong, which reading the whole file tells.
    private static func sample(_ file: DataFile, _ options: CSVOptions, limit: Int = sampleSize) -> [[String]] {
        file.bytes.withUnsafeBufferPointer { bytes in
            var scanner = CSVScanner(bytes, options: options, fieldLimit: 10_000)
            var scratch: [UInt8] = []
            var records: [[String]] = []
            while records.count < limit, scanner.next() == .record {
                records.append(
                    scanner.fields.map { field in bytes.withInk(of: field, scratch: &scratch) { String(decoding: $0, as: UTF8.self) } })
            }
            return records
        }
    }
}

/// Texts that people write where a value is missing.
enum MissingTexts {
    private static let usual: Set<String> = ["", "na", "n/a", "#n/a", "nan", "-nan", "null", "?"]
    private static let amongNumbers: Set<String> = ["none", "nil", "-", "--", ".", "..", "missing", "unknown", "*"]

    /// Missing wherever it stands.
    static func isUsual(_ text: String) -> Bool { usual.contains(text.lowercased()) }

    /// Without the blanks and tabs around it.
    static func ink(_ text: String) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        guard text.utf8.first.map(isBlank) == true || text.utf8.last.map(isBlank) == true else { return text }
        var bytes = text.utf8[...]
        while bytes.first.map(isBlank) == true { bytes.removeFirst() }
        while bytes.last.map(isBlank) == true { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A usual mark of a gap that is a word and could be a name.
    static func isWord(_ text: String) -> Bool { text.lowercased() == "null" }

    /// Missing if all others are numbers; among texts it may be a category.
    static func isUsualAmongNumbers(_ text: String) -> Bool { amongNumbers.contains(text.lowercased()) }
}

extension UnsafeBufferPointer<UInt8> {
    /// A field's text without the blanks around it, which quotes keep.
    func withInk<R>(of field: CSVField, scratch: inout [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        withText(of: field, scratch: &scratch) { text in
            guard !field.isQuoted else { return body(text) }
            var (lower, upper) = (0, text.count)
            while lower < upper, text[lower] == 0x20 || text[lower] == 0x09 { lower += 1 }
            while upper > lower, text[upper - 1] == 0x20 || text[upper - 1] == 0x09 { upper -= 1 }
            return body(UnsafeBufferPointer(rebasing: text[lower..<upper]))
        }
    }
}
