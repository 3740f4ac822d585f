import Decimals

extension CSVSource {
    /// What each column holds. The first value of an `auto` column decides; later ones are only counted.
    static func plans(_ requests: [ColumnRequest], _ grammar: CSVGrammar, from start: Int, columns: Int) -> [ColumnPlan] {
        var kinds = requests.map(\.kind)
        let missing = requests.map { TextTable($0.missingValues) }
        var scanner = CSVScanner(grammar.bytes, options: grammar.options, from: start, fieldLimit: columns)
        var scratch: [UInt8] = []
        while kinds.contains(where: { $0 == nil }), scanner.next() == .record {
            guard scanner.fieldCount == columns else { continue }
            for (index, request) in requests.enumerated() where kinds[index] == nil {
                let field = scanner.fields[request.index]
                grammar.bytes.withText(of: field, scratch: &scratch) { text in
                    let ink = field.isQuoted ? text : text.trimmed
                    guard missing[index].number(of: ink) == nil else { return }
                    kinds[index] = NumberParser.parse(ink, decimal: grammar.options.decimal) == .notANumber ? .categories : .numbers
                }
            }
        }
        return zip(requests, kinds).map { ColumnPlan($0, $1 ?? .numbers, decimal: grammar.options.decimal) }
    }
}
