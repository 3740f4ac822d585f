import Diagnostics
import Testing

/// Text that is no YAML: one message in words of ours, at the place where a person would look (in `⟦ ⟧`), with what to do.
@Suite struct SyntaxTests {
    struct Slip: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let says: [String]
        init(_ name: String, _ text: String, _ says: String...) { (testDescription, self.text, self.says) = (name, text, says) }
    }

    private static let head = "nnspec: 1\ndata: {path: a.csv, target: y}\n"

    static let slips: [Slip] = [
        Slip("a colon in a text", head + "description: a⟦:⟧ b\nmodel: {layers: [1]}\n", "a `:` stands where no key can be", "in quotes"),
        Slip("no blank after a colon", "nnspec: 1\ndata:{path: a.csv, target⟦:⟧ y}\nmodel: {layers: [1]}\n", "blank after the colon of `data:`"),
        Slip("a tab", head + "model:\n⟦\t⟧layers: [1]\n", "a tab stands where spaces are needed", "never tabs"),
        Slip("another indentation", head + "model:\n    layers: [1]\n  ⟦a⟧ctivation: relu\n", "a key was expected", "the same column"),
        Slip("a quote", head + "description: ⟦\"⟧abc\nmodel: {layers: [1]}\n", "a quote is never closed", "add the closing `\"`"),
        Slip("a quote in quotes", head + "description: 'it'⟦s⟧ me'\nmodel: {layers: [1]}\n", "ends at the quote before this", "twice: ''"),
        Slip("a double quote in quotes", head + "description: \"say \"⟦h⟧i\" me\"\n", "ends at the quote before this", "as \\\""),
        Slip("a bracket at the end", head + "model: ⟦{⟧layers: [1]\n", "a bracket is never closed", "add the closing `}`"),
        Slip("a list at the end", head + "model: {layers: ⟦[⟧1\n", "a bracket is never closed", "add the closing `]`"),
        Slip(
            "a bracket before other lines", head + "model:\n  layers: [8, auto\ntraining⟦:⟧ {epochs: 5}\n",
            "a bracket is not closed, or a comma is missing"),
        Slip("a bracket too many", head + "model: {layers: [1]}⟦}⟧\n", "a bracket closes nothing", "remove it"),
        Slip("a bracket of another kind", head + "model: {layers: [1⟦}⟧\n", "`}` stands where a comma or `]` is wanted"),
        Slip("a comma too many", head + "model: {layers: [1,⟦,⟧2]}\n", "a value was expected", "doubled comma"),
        Slip("no colon", head + "⟦training⟧  \n  epochs: 5\n", "a key without `:`", "write `key: value`"),
        Slip("an equals sign", head + "⟦seed = 5⟧\n", "a key without `:`", "in the place of `=`"),
        Slip("a sign that begins no text", head + "description: ⟦@⟧a\n", "a text cannot begin with `@`", "in quotes"),
        Slip("a template", head + "seed: {⟦%⟧ if a %}1{% endif %}\n", "`{%` begins no value", "no template"),
        Slip("a path of Windows", head + "description: \"C:⟦\\⟧dir\"\n", "unknown escape", "double the backslash"),
        Slip("a star alone", head + "description: *⟦⟧\n", "an anchor or alias needs a name", "in quotes"),
        Slip("a key in a list", head + "model:\n  layers:\n    - 8\n    ⟦a⟧ctivation: relu\n", "a list entry was expected"),
        Slip("a control character", head + "# ⟦\u{8}⟧\n", "control characters are not allowed"),
    ]

    @Test(arguments: slips) func isTold(_ slip: Slip) throws {
        let (document, diagnostics) = try read(slip.text.filter { !"⟦⟧".contains($0) })
        let found = try #require(diagnostics.first)
        #expect(document == nil && diagnostics.map(\.code) == ["E0101"], "\(diagnostics.map(\.message))")
        let parts = slip.text.split(whereSeparator: { "⟦⟧".contains($0) }).map(String.init)
        let (before, marked) = (parts[0], slip.text.contains("⟦⟧") ? "" : parts[1])
        #expect(found.range?.lower == before.utf8.count && found.range?.text == marked, "\(found.range?.lower ?? -1): `\(found.range?.text ?? "")`")
        for words in slip.says { #expect("\(found.message)\n\(found.fix ?? "")".contains(words), "\(found.message)\n\(found.fix ?? "")") }
        // Words of the library are for those who know it.
        #expect(!found.message.contains("did not find") && !found.message.contains("while "), "\(found.message)")
    }
}
