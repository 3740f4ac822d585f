import Diagnostics

// Text that is no YAML: libyaml's words in ours, at the place where a person would look.
extension Diagnostic {
    /// - Parameters:
    ///   - problem: libyaml's words.
    ///   - range: the character it stumbled over.
    ///   - opening: the character where what it was reading begins, unless that is the whole document.
    static func syntax(_ problem: String, _ range: SourceRange, opening: SourceRange? = nil) -> Diagnostic {
        if let opening, range.lower == range.file.bytes.count, ["[", "{", "\"", "'"].contains(opening.text) { return neverClosed(opening) }
        if let opening, problem.contains("could not find expected ':'") { return keyWithoutColon(opening) }
        let (words, fix) = words(of: problem, range)
        return notYAML(
            words, at: range, label: "here", related: opening.map { [.init($0, "in what begins here")] } ?? [],
            fix: fix)
    }

    private static func notYAML(_ words: String, at range: SourceRange, label: String, related: [Label] = [], fix: String?) -> Diagnostic {
        Diagnostic("E0101", "this is not YAML: \(words)", at: range, label: label, related: related, fix: fix)
    }

    /// At the end of the text nothing stands that could be wrong: what was opened is.
    private static func neverClosed(_ range: SourceRange) -> Diagnostic {
        let isQuote = ["\"", "'"].contains(range.text)
        let closing = ["[": "]", "{": "}"][range.text] ?? range.text
        return notYAML(
            "\(isQuote ? "a quote" : "a bracket") is never closed", at: range, label: "opened here",
            fix: "add the closing `\(closing)`")
    }

    /// The line is what lacks something, not the next one where that was noticed.
    private static func keyWithoutColon(_ start: SourceRange) -> Diagnostic {
        let bytes = start.file.bytes
        var end = start.file.lineBytes(at: start.lower).upperBound
        while end > start.lower + 1, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        let isAssignment = bytes[start.lower..<end].contains(UInt8(ascii: "="))
        return notYAML(
            "a key without `:`", at: SourceRange(start.file, start.lower, end), label: "here",
            fix: isAssignment ? "write `key: value`, with a colon in the place of `=`" : "write `key: value`, with a blank after the colon")
    }

    private static func words(of problem: String, _ range: SourceRange) -> (String, String?) {
        if let found = words(at: range, problem) { return found }
        for row in complaints where problem.contains(row.part) { return (row.words, row.fix) }
        return (problem, nil)
    }

    /// What the character itself tells.
    private static func words(at range: SourceRange, _ problem: String) -> (String, String?)? {
        let bytes = range.file.bytes
        var before = range.lower
        while before > 0, bytes[before - 1] == 0x20 { before -= 1 }
        let previous = before > 0 ? bytes[before - 1] : 0
        let isUnexpected = problem.contains("did not find expected key") || problem.contains("<document start>")
        switch range.text {
        case "\t": return ("a tab stands where spaces are needed", "indent with spaces, never tabs")
        case "%" where previous == UInt8(ascii: "{"):
            return ("`{%` begins no value", "a spec is no template, nothing is filled in: write the value, or give it with `--set`")
        case "@", "%", "`": return ("a text cannot begin with `\(range.text)`", "put it in quotes")
        case "}" where isUnexpected, "]" where isUnexpected: return ("a bracket closes nothing", "remove it")
        case "}" where problem.contains("did not find expected ',' or"), "]" where problem.contains("did not find expected ',' or"):
            return (
                "`\(range.text)` stands where a comma or `\(range.text == "]" ? "}" : "]")` is wanted",
                "close the brackets in the order they were opened"
            )
        case _ where isUnexpected && (previous == UInt8(ascii: "'") || previous == UInt8(ascii: "\"")):
            return (
                "the text ends at the quote before this",
                previous == UInt8(ascii: "'")
                    ? "put the whole text in double quotes, or write a quote inside it twice: ''"
                    : "put the whole text in single quotes, or write a quote inside it as \\\""
            )
        case ":" where problem.contains("mapping values are not allowed"):
            guard let key = keyWithoutBlank(range) else { return nil }
            return ("a `:` stands where no key can be", "write a blank after the colon of `\(key):`")
        default: return nil
        }
    }

    /// The key of `data:{path: a.csv}`, which is one text to YAML.
    private static func keyWithoutBlank(_ place: SourceRange) -> String? {
        let line = place.file.lineBytes(at: place.lower)
        let text = String(decoding: place.file.bytes[line.lowerBound..<place.lower], as: UTF8.self)
        guard let colon = text.firstIndex(of: ":"), let next = text[text.index(after: colon)...].first, "{[\"'".contains(next) else { return nil }
        return text[..<colon].split(separator: " ").last.map(String.init)
    }

    private static let complaints: [(part: String, words: String, fix: String?)] = [
        ("cannot start any token", "this character cannot begin a value", "put the text in quotes"),
        ("mapping values are not allowed", "a `:` stands where no key can be", "check the indentation, or put a text with `: ` in quotes"),
        (
            "did not find expected key", "a key was expected",
            "check the indentation of this line and the one before: keys of one mapping begin in the same column"
        ),
        ("could not find expected ':'", "a key without `:`", "write `key: value`, with a blank after the colon"),
        ("did not find expected ',' or", "a bracket is not closed, or a comma is missing", nil),
        ("'-' indicator", "a list entry was expected", "entries of one list begin with `- ` in the same column"),
        ("block sequence entries are not allowed", "a list entry (`- `) cannot stand here", "begin the list on a line of its own"),
        ("unexpected end of stream", "the text ends inside quotes", "close the quotes"),
        ("unexpected document indicator", "`---` or `...` stands inside quotes", "close the quotes"),
        ("escape", "an unknown escape after `\\` in double quotes", "double the backslash, or use single quotes"),
        ("expected hexdecimal number", "an unknown escape after `\\` in double quotes", "double the backslash, or use single quotes"),
        ("tab character", "a tab stands where spaces are needed", "indent with spaces"),
        ("indentation", "the indentation does not fit", "indent with spaces, the same number on each level"),
        ("<document start>", "the text goes on after the end of the document", "check the indentation of this line"),
        ("expected node content", "a value was expected", "check for a doubled comma or bracket"),
        ("alphabetic or numeric", "an anchor or alias needs a name of letters, digits, - and _", "put a text that begins with & or * in quotes"),
        ("control characters", "control characters are not allowed", "remove them; is this a text file?"),
        ("directive", "a line that begins with % is not understood", "remove it, or put the text in quotes"),
        ("mapping keys are not allowed", "a `?` key cannot stand here", "write `key: value`"),
        ("exceeded max", "the nesting is deeper than the limit of 64", "check the brackets"),
    ]
}
