import Diagnostics

extension Invocation {
    /// The value of a flag as a whole number of a range.
    func count(_ flag: String, from least: Int = 1, upTo limit: Int, _ sink: DiagnosticSink) throws(Stopped) -> Int? {
        guard let text = value(flag) else { return nil }
        guard let number = Int(text), number >= least, number <= limit else {
            throw sink.fail(.badFlagValue(flag, found: text, expected: "a whole number from \(least) to \(limit)"))
        }
        return number
    }

    /// The value of a flag as a number of bytes: `500M`, `2G`; K, M, G and T are powers of 1024.
    func byteCount(_ flag: String, _ sink: DiagnosticSink) throws(Stopped) -> Int? {
        guard let text = value(flag) else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let shifts = ["": 0, "B": 0, "K": 10, "M": 20, "G": 30, "T": 40]
        guard let number = Int(digits), number > 0, let shift = shifts[text.dropFirst(digits.count).uppercased()], number <= Int.max >> shift else {
            throw sink.fail(.badFlagValue(flag, found: text, expected: "a number of bytes such as 500M or 2G"))
        }
        return number << shift
    }

    /// The value of a flag as one of a few names.
    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ flag: String, _ type: Choice.Type, _ sink: DiagnosticSink) throws(Stopped)
        -> Choice?
    {
        guard let text = value(flag) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw sink.fail(.badFlagValue(flag, found: text, expected: "one of \(names)"))
        }
        return choice
    }
}
