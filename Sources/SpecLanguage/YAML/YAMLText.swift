import Diagnostics

/// Texts as they are written into YAML.
package enum YAMLText {
    /// Plain where no reader could take it for anything but this text, else in double quotes.
    package static func scalar(_ text: String) -> String {
        let bytes = Array(text.utf8)
        func isLetter(_ byte: UInt8) -> Bool { (byte | 32) >= UInt8(ascii: "a") && (byte | 32) <= UInt8(ascii: "z") }
        let isPlain =
            (bytes.first.map { isLetter($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ".") } ?? false)
            && bytes.allSatisfy { FilePath.isIdentifierByte($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") } && !CoreSchema.isNull(text)
            && CoreSchema.boolean(text) == nil && !CoreSchema.looksNumeric(text) && bytes.contains(where: isLetter)
            && !["yes", "no", "on", "off", "y", "n", "nan", "inf"].contains(text.lowercased())
        if isPlain { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 32 || (scalar.value >= 0x7F && scalar.value < 0xA0) || [0x85, 0x2028, 0x2029, 0xFEFF].contains(scalar.value):
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
