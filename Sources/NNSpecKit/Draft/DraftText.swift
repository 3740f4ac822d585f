import Diagnostics
import SpecLanguage

/// Choices as YAML that a person reads: each setting with the reason behind it.
struct DraftText {
    let choices: DraftChoices
    let layout: TableLayout
    /// As it stands in the spec.
    let path: String
    /// nil: the file's name is the run's.
    let name: String?

    /// Where reasons begin, unless the setting is longer.
    private static let reasonColumn = 34
    private static let lineLimit = 120

    private var table: TableProfile { choices.table }

    var text: String {
        let rows = DraftChoices.grouped(table.rows)
        let file = Self.comment(path.split(separator: "/").last.map(String.init) ?? path)
        var lines = [
            "# A first spec for \(file) (\(rows) rows, \(table.columns.count) columns), drafted by `nnspec init`: guesses to start from.",
            "# `nnspec train` runs it as it is, `nnspec render` writes out all that is not said here.", "nnspec: 1",
        ]
        if let name { lines.append(line("name: \(name)", "the file's own name cannot be a run's")) }
        lines += task
        lines.append("data:")
        lines.append(line("  path: \(Self.scalar(path))", "relative to the folder of this file"))
        lines += layout.settings.map { line("  \($0.setting)", $0.why) }
        let targets = choices.targets.columns.map { Self.scalar($0.name) }
        lines.append(line("  target: \(targets.count == 1 ? targets[0] : "[\(targets.joined(separator: ", "))]")", choices.targets.reason))
        if let weight = choices.weight {
            lines.append(line("  sample_weight: \(Self.scalar(weight.name))", "a guess by its name: how much each row counts; no feature"))
        }
        lines += missing
        lines += features
        if choices.isRegression {
            lines.append(
                line(
                    "  normalize_target: zscore",
                    "for training only; results are in \(choices.targets.columns.count == 1 ? "the target's" : "the targets'") own units"))
        }
        lines.append(split)
        lines.append(line("model: {layers: \(choices.layers.text)}", choices.layers.why))
        lines += classWeights
        lines.append(line("training: {epochs: \(choices.epochs)}", epochsReason))
        return lines.joined(separator: "\n") + "\n"
    }

    // MARK: Parts

    private var task: [String] {
        let task = choices.task
        var lines = [task.written.map { line("task: \($0)", task.why) } ?? "# The task: \(task.outline), as \(task.why)."]
        if !task.classes.isEmpty {
            let shown = task.classes.prefix(6).map { "\(Self.comment($0.name)) (\($0.rows))" }.joined(separator: ", ")
            let title = task.isOfLabels ? "Labels and the rows that have them" : "Classes and their rows"
            lines.append("# \(title): \(shown)\(task.classes.count > 6 ? " and \(task.classes.count - 6) more" : "").")
        }
        return lines
    }

    private var missing: [String] {
        guard let missing = choices.missing else { return [] }
        var texts: [String] = []
        let columns = choices.features.filter { $0.facts.missing > 0 }
        for text in columns.flatMap(\.missingTexts) where !texts.contains(text) { texts.append(text) }
        let (rows, all) = (choices.rowsWithGaps, table.rows)
        var names = columns.prefix(4).map { Self.comment($0.name) }.joined(separator: ", ")
        if columns.count > 4 { names += " and \(columns.count - 4) more" }
        let gaps = "gaps in \(rows) of \(all) rows"
        var lines = [line("  missing_values: [\(texts.map(Self.scalar).joined(separator: ", "))]", "found in \(names)")]
        switch missing {
        case .dropRow: lines.append(line("  missing: drop_row", "\(gaps): few enough to leave them out"))
        case .median: lines.append(line("  missing: median", "\(gaps), too many to leave out; all in columns of numbers"))
        case .mode: lines.append(line("  missing: mode", "\(gaps), too many to leave out; none in a column of numbers"))
        case .each:
            lines.append(
                "  # \(gaps.prefix(1).uppercased() + gaps.dropFirst()), too many to leave out: see `missing` below; `indicator` tells of them."
            )
        }
        if missing == .median || missing == .mode {
            lines.append(line("  indicator: true", "so that the network can tell where a value was missing"))
        }
        return lines
    }

    /// A category in so few rows may have none among the training rows.
    private static let rareRows = 10

    private func isRare(_ column: ColumnProfile) -> Bool {
        if column.isBoolean { return false }
        let counts = column.counts(in: choices.rows)
        return column.present.contains { counts[$0] < Self.rareRows }
    }

    private var features: [String] {
        let categories = choices.features.filter { $0.kind != .numbers }
        guard choices.missing == .each || categories.contains(where: { $0.kind == .mixed || $0.isBoolean || isRare($0) }) else {
            var lines: [String] = []
            if !categories.isEmpty {
                let names = categories.prefix(6).map { "\(Self.comment($0.name)) (\($0.facts.distinct))" }.joined(separator: ", ")
                let more = categories.count > 6 ? " and \(categories.count - 6) more" : ""
                lines.append("  # Categories, one input for each: \(names)\(more). All other features are numbers.")
            }
            guard !choices.excluded.isEmpty else { return lines }
            return lines + ["  exclude:"] + choices.excluded.map { line("    - \(Self.scalar($0.column.name))", $0.why) }
        }
        return ["  features:"] + choices.features.map(feature)
            + choices.excluded.map { "    # left out: \(Self.comment($0.column.name)), \($0.why)" }
    }

    private func feature(_ column: ColumnProfile) -> String {
        let name = Self.scalar(column.name)
        let fills = choices.missing == .each && column.facts.missing > 0
        let gaps = fills ? "; \(column.facts.missing) gaps" : ""
        guard column.kind != .numbers else {
            return fills ? line("    - {name: \(name), missing: median, indicator: true}", "numbers\(gaps)") : "    - \(name)"
        }
        var settings = ["name: \(name)"]
        if column.kind == .mixed { settings.append("type: category") }
        if column.isBoolean { settings.append("type: boolean") }
        if isRare(column) { settings.append("unseen: other") }
        if fills { settings += ["missing: mode", "indicator: true"] }
        var why = column.isBoolean ? "true or false" : "\(column.facts.distinct) categories"
        if column.kind == .mixed { why += ", numbers among texts" }
        if isRare(column) { why += ", some in so few rows that training may not see them" }
        return line("    - {\(settings.joined(separator: ", "))}", why + gaps)
    }

    private var split: String {
        guard let shares = choices.split else { return line("  split: none", "too few rows to hold any back") }
        guard shares[2] > 0 else { return line("  split: {train: 0.8, validation: 0.2}", "the validation rows choose the best epoch") }
        return line("  split: {train: 0.6, validation: 0.2, test: 0.2}", "validation rows choose the epoch, test rows judge it at the end")
    }

    private var classWeights: [String] {
        let counts = choices.task.isOfLabels ? [] : choices.task.classes.map(\.rows)
        guard let least = counts.min(), let most = counts.max(), most >= 5 * least else { return [] }
        return [line("# class_weights: balanced", "may help: the rarest class has \(least) of \(choices.rows.count) rows, the largest \(most)")]
    }

    private var epochsReason: String {
        choices.split == nil ? "few rows, many passes" : "passes over the rows; the best by the validation rows is kept"
    }

    // MARK: Lines

    private func line(_ setting: String, _ why: String) -> String {
        let blanks = max(2, Self.reasonColumn - setting.count)
        let text = setting + String(repeating: " ", count: blanks) + "# " + why
        guard text.count > Self.lineLimit else { return text }
        let indent = String(setting.prefix { $0 == " " })
        return "\(indent)# \(why)\n\(setting)"
    }

    /// Characters that YAML takes for line ends, or for nothing; JSON leaves them as they are.
    private static let specials: [Unicode.Scalar] = ["\u{85}", "\u{2028}", "\u{2029}", "\u{FEFF}"]

    /// A text as it is written into the draft. Readers of YAML 1.1 might take y for true, but then they would take half of all targets so.
    private static func scalar(_ text: String) -> String { text == "y" ? text : YAMLText.scalar(text) }

    /// A text of the data that may stand in a comment.
    private static func comment(_ text: String) -> String {
        var shown = ""
        for scalar in Diagnostic.draftName(text).unicodeScalars { shown.unicodeScalars.append(specials.contains(scalar) ? "?" : scalar) }
        return shown
    }
}
