import Diagnostics
import SpecLanguage

/// The text of a weights file, from which messages cut the line they speak of.
struct WeightsText {
    let name: String
    let bytes: [UInt8]

    /// A range within an excerpt that holds the whole lines it touches first; a file of megabytes need not be kept for one message.
    func range(_ lower: Int, _ upper: Int) -> SourceRange {
        let newline = UInt8(ascii: "\n")
        let lower = min(max(lower, 0), bytes.count)
        let lineStart = bytes[..<lower].lastIndex(of: newline).map { $0 + 1 } ?? 0
        let lineEnd = bytes[lower...].firstIndex(of: newline) ?? bytes.count
        let line = bytes[..<lineStart].reduce(1) { $0 + ($1 == newline ? 1 : 0) }
        let file = SourceFile(name: name, bytes: Array(bytes[lineStart..<lineEnd]), firstLine: line)
        return SourceRange(file, lower - lineStart, min(max(upper, lower), lineEnd) - lineStart)
    }

    func range(_ value: JSONValue) -> SourceRange { range(value.lower, value.upper) }
    func keyRange(_ member: JSONMember) -> SourceRange { range(member.keyLower, member.keyUpper) }
}

/// Ends the reading of a weights file with its one message.
struct WeightsProblem: Error {
    let diagnostic: Diagnostic
    init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }
}

extension Diagnostic {
    private static let remedy = "train again, or restore the file from git"

    static func cannotRead(_ path: String, _ error: SystemError, isRegular: Bool, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1701", "cannot read \(path): \(isRegular ? error.words : "it is neither a file nor a run folder")", at: place,
            fix: "name a run folder (runs/<name>) or a weights.json")
    }

    static func folderWithoutWeights(_ path: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1702", "\(path) is no run folder: it holds no \(WeightsFile.name)", at: place,
            fix: "name the folder that `nnspec train` wrote, such as runs/<name>")
    }

    static func folderOfFolds(_ path: String, first: String, at place: SourceRange?) -> Diagnostic {
        Diagnostic(
            "E1772", "\(path) is a cross-validation: each of its folds is a run with weights of its own", at: place,
            fix: "name one of them, such as \(path.hasSuffix("/") ? path : path + "/")\(first); or train one network on all rows, with `split: none`")
    }

    static func notJSON(_ problem: JSONProblem, in text: WeightsText) -> Diagnostic {
        Diagnostic("E1703", "this weights file is not valid JSON: \(problem.message)", at: text.range(problem.lower, problem.upper), fix: remedy)
    }

    static func notWeights(_ found: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E1704", "this is no weights file of nnspec: expected \"format\": \"\(WeightsFile.format)\", found \(found)", at: range,
            fix: "name a run folder or its weights.json")
    }

    static func unknownVersion(_ found: String, at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E1705", "this weights file has version \(found), this nnspec reads version \(WeightsFile.version)", at: range,
            fix: "use the nnspec that wrote it, or train again")
    }

    static func unknownWeightsKey(_ key: String, in what: String, known: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E1706", "\(what) has an unknown key `\(key)`", at: range, notes: ["known here: \(known.joined(separator: ", "))"], fix: "remove it")
    }

    static func duplicateWeightsKey(_ key: String, in what: String, at range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic("E1707", "\(what) has the key `\(key)` twice", at: range, related: [Label(first, "first here")], fix: "remove one of the two")
    }

    static func missingWeightsKey(_ key: String, in what: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("E1708", "\(what) has no key `\(key)`", at: range, fix: remedy)
    }

    static func wrongKind(of what: String, found: String, expected: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("E1709", "\(what): expected \(expected), found \(found)", at: range, fix: remedy)
    }

    static func notAChoice(_ found: String, for what: String, choices: [String], at range: SourceRange) -> Diagnostic {
        Diagnostic("E1710", "\(what) is \"\(found)\", expected one of \(choices.joined(separator: ", "))", at: range, fix: remedy)
    }

    static func wrongShape(_ what: String, found: String, expected: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("E1711", "\(what) has a wrong shape: expected \(expected), found \(found)", at: range, fix: remedy)
    }

    static func numberOverflow(_ text: String, _ precision: TrainingSpec.Precision, at range: SourceRange) -> Diagnostic {
        Diagnostic("E1712", "\(text) is too large for \(precision.rawValue)", at: range, fix: remedy)
    }

    static func contradiction(_ message: String, at range: SourceRange) -> Diagnostic {
        Diagnostic("E1713", message, at: range, fix: remedy)
    }
}
