/// Numbers as people like to read them.
enum NumberText {
    /// Rounded to a few significant digits: 0.0512, 12.34, 1.2e-7.
    ///
    /// Numerics: half away from zero, on the shortest decimal text of the value.
    static func significant(_ value: Double, _ count: Int = 4) -> String {
        guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
        if value == 0 { return "0" }
        var (digits, exponent) = decimal(value.magnitude)
        if digits.count > count {
            let roundsUp = digits[count] >= 5
            digits = Array(digits[..<count])
            if roundsUp {
                var index = count - 1
                while index >= 0, digits[index] == 9 {
                    digits[index] = 0
                    index -= 1
                }
                if index >= 0 { digits[index] += 1 } else { (digits, exponent) = ([1], exponent + 1) }
            }
        }
        while digits.count > 1, digits.last == 0 { digits.removeLast() }
        return (value < 0 ? "-" : "") + (exponent >= -5 && exponent <= 9 ? fixed(digits, exponent) : scientific(digits, exponent))
    }

    /// Digits d0 d1 d2 ... and e with value = d0.d1d2... x 10^e.
    private static func decimal(_ value: Double) -> (digits: [Int], exponent: Int) {
        let parts = value.description.split(separator: "e")
        var digits: [Int] = []
        var pointAt: Int?
        for character in parts[0] {
            if let digit = character.wholeNumberValue { digits.append(digit) } else { pointAt = digits.count }
        }
        let leading = digits.prefix { $0 == 0 }.count
        let exponent = (pointAt ?? digits.count) - 1 - leading + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        return (Array(digits.dropFirst(leading)), exponent)
    }

    private static func fixed(_ digits: [Int], _ exponent: Int) -> String {
        let text = digits.map { "\($0)" }
        if exponent < 0 { return "0." + String(repeating: "0", count: -exponent - 1) + text.joined() }
        let whole = text.prefix(exponent + 1).joined() + String(repeating: "0", count: max(0, exponent + 1 - text.count))
        return text.count > exponent + 1 ? whole + "." + text.dropFirst(exponent + 1).joined() : whole
    }

    private static func scientific(_ digits: [Int], _ exponent: Int) -> String {
        let rest = digits.dropFirst().map { "\($0)" }.joined()
        return "\(digits[0])" + (rest.isEmpty ? "" : "." + rest) + "e\(exponent)"
    }

    /// "512 bytes", "1.2 kB", "3.4 MB" (powers of 1000).
    static func bytes(_ count: Int) -> String {
        if count < 1000 { return "\(count) byte\(count == 1 ? "" : "s")" }
        var value = Double(count)
        var unit = ""
        for next in ["kB", "MB", "GB", "TB"] where value >= 999.5 { (value, unit) = (value / 1000, next) }
        return significant(value, value < 99.95 ? 2 : 3) + " " + unit
    }

    /// "0.04 s", "12 s", "3 min 5 s", "2 h 10 min".
    static func duration(_ seconds: Double) -> String {
        if !(seconds >= 0) { return "0 s" }
        if seconds < 10 { return significant(seconds, 2) + " s" }
        let whole = Int(min(seconds, 1e12).rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
        return "\(whole / 3600) h \(whole % 3600 / 60) min"
    }

    /// "1 row", "120 rows".
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
