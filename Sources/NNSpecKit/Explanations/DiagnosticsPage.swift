/// docs/diagnostics.md, made from the table; scripts/generate_docs.sh writes it.
public enum DiagnosticsPage {
    public static var markdown: String {
        var text = """
            # Diagnostics
            <!-- Made by scripts/generate_docs.sh from Sources/NNSpecKit/Explanations; change the words there. -->

            Every message of nnspec carries a code that stays the same when its words change. `nnspec explain E0201` prints what stands here
            about one of them. The first digit tells whose matter it is, and with it the exit status:

            | codes | about | exit status |
            |---|---|---|
            | E0xxx | the spec | 3 |
            | E1xxx | data files, weights files, run folders, and whether they fit the spec | 4 |
            | E20xx | training that diverged | 5 |
            | E29nn | stopped by signal nn, or as by it | 128 + nn: 130, 141, 143 |
            | E3xxx | the system: files that cannot be written, memory | 6 |
            | E4xxx | the command line | 2 |
            | Wxxxx | warnings | 0 |
            | Nxxxx | notes on what was done, as the spec asks | 0 |

            The examples are parts of a spec on flowers.csv, which has the columns length, width, color, weight and species; what they leave
            out is as in this one:

            ```yaml
            nnspec: 1
            data: {path: flowers.csv, target: species}
            model: {layers: [8, auto]}
            ```

            """
        for group in ExplanationTable.groups {
            text += "\n## \(group.title)\n"
            for row in group.rows { text += section(row) }
        }
        return text
    }

    private static func section(_ row: Explanation) -> String {
        var text = "\n### \(row.code) \(row.title)\n\(row.story)\n"
        if let given = row.given { text += block("With", given) }
        return text + block("This leads to it", row.example) + block("Repair", row.repair)
    }

    private static func block(_ heading: String, _ snippet: Explanation.Snippet) -> String {
        if snippet.language == .text { return "\n\(heading): \(snippet.text)\n" }
        return "\n\(heading):\n```\(snippet.language.rawValue)\n\(snippet.text)\n```\n"
    }
}
