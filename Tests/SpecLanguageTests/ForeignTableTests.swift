import Diagnostics
import Foundation
import SpecLanguage
import Testing

/// Every word of the tables of other tools' words leads to ours, where someone could write it.
@Suite struct ForeignTableTests {
    private func plain(_ text: String) -> String { ForeignWords.plain(text) }

    @Test func aWordStandsOnce() {
        for table in [ForeignWords.settings, ForeignWords.layers] {
            var seen: [String: String] = [:]
            for row in table {
                for (_, word) in row.words {
                    if let other = seen[plain(word)] { Issue.record("`\(word)` stands for `\(other)` and for `\(row.ours)`") }
                    seen[plain(word)] = row.ours
                }
            }
        }
    }

    @Test func everyToolIsThere() {
        let words = ForeignWords.settings.flatMap(\.words) + ForeignWords.values.flatMap(\.words) + ForeignWords.layers.flatMap(\.words)
        #expect(Set(words.map { plain($0.word) }).count > 300)
        for tool in ForeignWords.Tool.allCases { #expect(words.count { $0.tool == tool } >= 12, "\(tool)") }
    }

    /// A setting's word at the top level, a layer's inside a layer.
    @Test func wordsForSettings() throws {
        for row in ForeignWords.settings {
            let isOfALayer = ["units", "bias", "initializer", "activation", "l2", "l1", "trainable", "dropout"].contains(row.ours)
            for (_, word) in row.words {
                let text = isOfALayer ? "model: {layers: [{dense: {\(row.ours == "units" ? "" : "units: 3, ")\(word): 1}}, auto]}\n" : "\(word): 1\n"
                let base = isOfALayer ? smallest.split(separator: "\n").dropLast().map { $0 + "\n" }.joined() : smallest
                let (_, diagnostics) = try read(base + text)
                let found = diagnostics.first { $0.range?.text == word }
                #expect(
                    found?.code == "E0201" && found?.fix?.contains("`\(row.ours)") == true || found?.fix?.contains("- \(row.ours):") == true,
                    "\(text)\(found?.fix ?? "")")
                #expect(diagnostics.count == 1, "\(text)\(diagnostics.map(\.message))")
            }
        }
    }

    private static let settings = [
        "loss", "model.activation", "model.initializer", "optimizer.type", "data.normalize", "data.missing", "data.split.method",
        "training.batch_size",
        "training.precision", "training.schedule", "metrics", "data.features", "task", "encoding",
    ]

    /// The setting that takes the value is the one that answers.
    @Test func wordsForValues() throws {
        for row in ForeignWords.values {
            for (_, word) in row.words where word != "null" {
                let answers = try Self.settings.filter { setting in
                    let text =
                        switch setting {
                        case "metrics": "metrics=[\(word)]"
                        case "data.features": "data.features=[{name: x, type: \(word)}]"
                        case "encoding": "data.features=[{name: x, encoding: \(word)}]"
                        default: "\(setting)=\(word)"
                        }
                    let fix = try read(smallest, [text]).diagnostics.first?.fix
                    return fix?.contains("`\(row.ours)`") == true
                }
                #expect(!answers.isEmpty, "\(word) -> \(row.ours)")
            }
        }
    }

    @Test func wordsForLayers() throws {
        for row in ForeignWords.layers {
            for (_, word) in row.words {
                let (_, diagnostics) = try read(smallest, ["model.layers=[{\(word): 3}, auto]"])
                let found = diagnostics.first
                #expect(
                    diagnostics.count == 1 && (found?.code == "E0208" ? found?.message : found?.fix)?.contains("`\(row.ours)`") == true,
                    "\(word): \(diagnostics)")
            }
        }
    }
}
