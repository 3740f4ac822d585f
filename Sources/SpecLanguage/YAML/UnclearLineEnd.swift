import Diagnostics

/// A character that ends a line for some programs and not for others: what an editor shows as a comment could be a setting.
///
/// YAML 1.1 took U+0085, U+2028 and U+2029 for line ends, and so does libyaml; YAML 1.2 does not. A carriage return alone is one for both, and is
/// none for most tools.
struct UnclearLineEnd {
    let name: String
    /// How double quotes write it.
    let escape: String
    let range: SourceRange

    static func first(in file: SourceFile) -> UnclearLineEnd? {
        let bytes = file.bytes
        for (index, byte) in bytes.enumerated() {
            func follows(_ rest: [UInt8]) -> Bool { bytes[(index + 1)...].starts(with: rest) }
            func found(_ name: String, _ escape: String, _ count: Int) -> UnclearLineEnd {
                UnclearLineEnd(name: name, escape: escape, range: SourceRange(file, index, index + count))
            }
            switch byte {
            case 0x0D where !follows([0x0A]): return found("a carriage return without a line feed", "\\r", 1)
            case 0xC2 where follows([0x85]): return found("U+0085 (next line)", "\\N", 2)
            case 0xE2 where follows([0x80, 0xA8]): return found("U+2028 (line separator)", "\\L", 3)
            case 0xE2 where follows([0x80, 0xA9]): return found("U+2029 (paragraph separator)", "\\P", 3)
            default: continue
            }
        }
        return nil
    }
}

extension Diagnostic {
    static func unclearLineEnd(_ found: UnclearLineEnd) -> Diagnostic {
        Diagnostic(
            "E0113", "\(found.name) ends a line for some programs and not for others", at: found.range,
            fix: "end lines with a line feed; in a text write `\(found.escape)` inside double quotes")
    }
}
