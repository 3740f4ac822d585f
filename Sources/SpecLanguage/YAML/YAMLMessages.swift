import Diagnostics

extension Diagnostic {
    static func syntax(_ problem: String, _ range: SourceRange, related: [Label] = []) -> Diagnostic {
        let (words, fix) = inOurWords(problem)
        return Diagnostic("E0101", "this is not YAML: \(words)", at: range, label: "here", related: related, fix: fix)
    }

    /// - Parameter range: the bracket or quote.
    static func neverClosed(_ range: SourceRange) -> Diagnostic {
        let isQuote = ["\"", "'"].contains(range.text)
        let closing = ["[": "]", "{": "}"][range.text] ?? range.text
        return Diagnostic(
            "E0101", "this is not YAML: \(isQuote ? "a quote" : "a bracket") is never closed", at: range, label: "opened here",
            fix: "add the closing `\(closing)`")
    }

    /// libyaml's words in ours, with advice for the usual ones.
    private static func inOurWords(_ problem: String) -> (String, String?) {
        for row in complaints where problem.contains(row.part) { return (row.words, row.fix) }
        return (problem, nil)
    }

    private static let complaints: [(part: String, words: String, fix: String?)] = [
        (
            "cannot start any token", "this character cannot begin a value",
            "indent with spaces, never tabs, and put a text that begins with @, % or ` in quotes"
        ),
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

    static func emptyDocument(_ file: SourceFile) -> Diagnostic {
        Diagnostic("E0102", "the spec is empty", at: SourceRange(file, 0, 0), fix: "a spec begins with `nnspec: 1`, then `data:` and `model:`")
    }

    static func rootIsNoMapping(_ node: YAMLNode) -> Diagnostic {
        Diagnostic("E0103", "a spec is a mapping of settings, found \(node.shape)", at: node.range, fix: "begin with `nnspec: 1`")
    }

    static func secondDocument(_ range: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0104", "a second document begins here; a spec is one document", at: range,
            fix: "remove `---` and what follows, or make it a file of its own")
    }

    static func duplicateKey(_ name: String, _ range: SourceRange, first: SourceRange) -> Diagnostic {
        Diagnostic(
            "E0105", "`\(name)` is set twice, on lines \(first.start.line) and \(range.start.line)", at: range, label: "again here",
            related: [.init(first, "first set here")], fix: "keep one of the two")
    }

    static func mergeKey(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0106", "the merge key `<<` is not part of YAML 1.2", at: range, fix: "to build on another file write `extends: base.yaml`")
    }

    static func tag(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0107", "a spec has no tags, found `\(range.text)`", at: range, fix: "remove the tag: the setting decides what its value means")
    }

    static func keyIsNoText(_ key: YAMLNode) -> Diagnostic {
        let isTemplate = key.entries.map { $0.count == 1 && $0[0].value.plainText == "" } ?? false
        return Diagnostic(
            "E0108", "a key is a text, not \(key.shape)", at: key.range,
            fix: isTemplate ? "a spec is no template, nothing is filled in: write the value, or give it with `--set`" : "write `key: value`")
    }

    static func unknownAlias(_ name: String, _ range: SourceRange, known: [String]) -> Diagnostic {
        Diagnostic(
            "E0109", "`*\(name)` has no anchor `&\(name)` before it", at: range,
            fix: Suggestion.nearest(name, among: known).map { "did you mean `*\($0)`?" } ?? "put `&\(name)` before the value it stands for")
    }

    static func selfReference(_ name: String, _ range: SourceRange) -> Diagnostic {
        Diagnostic("E0110", "`*\(name)` stands inside `&\(name)`: a cycle, the value would contain itself", at: range)
    }

    static func tooDeep(_ range: SourceRange) -> Diagnostic {
        Diagnostic("E0111", "nested deeper than the limit: depth \(YAMLReader.maximumDepth)", at: range)
    }

    static func tooManyNodes(_ range: SourceRange, aliases: Bool) -> Diagnostic {
        Diagnostic(
            "E0112", "more than the limit of 100,000 nodes\(aliases ? " after alias expansion" : "")", at: range,
            notes: aliases ? ["every `*alias` counts as all the nodes of its anchor"] : [])
    }
}
