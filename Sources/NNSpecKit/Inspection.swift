import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec inspect`: what a weights file holds.
public enum Inspection {
    /// Task, target, network and features, as a person reads them. Errors: E17xx.
    public static func run(_ path: String, sink: DiagnosticSink) throws(Stopped) -> String {
        let model = try WeightsFile.read(path: path, sink: sink)
        var lines = [
            "task: \(model.task.rawValue), loss \(model.loss), \(model.precision.rawValue)", "target: \(shown(model.target.names))",
        ]
        if case .classes(_, let classes) = model.target { lines.append("classes: \(shown(classes))") }
        lines.append("network: \(model.network.outline), \(model.network.parameterCount) parameters")
        lines.append("features:")
        for feature in model.preprocessing.features {
            switch feature.kind {
            case .number(let normalize, let center, let scale, let fill):
                lines.append(
                    "  \(shown([feature.name])): number, \(normalize.rawValue), center \(center), scale \(scale)"
                        + (fill.map { ", missing is \($0)" } ?? ""))
            case .category(let categories, let unseen, _):
                lines.append("  \(shown([feature.name])): category (\(shown(categories))), unseen: \(unseen.rawValue)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Names as they are, in quotes where they hold what would move the cursor.
    private static func shown(_ names: [String]) -> String {
        names.map { name in
            name.unicodeScalars.contains { $0.value < 32 || (0x7F..<0xA0).contains($0.value) } ? JSONText.quoted(name) : name
        }.joined(separator: ", ")
    }

    /// The same as one JSON object.
    public static func json(_ path: String, sink: DiagnosticSink) throws(Stopped) -> String {
        let model = try WeightsFile.read(path: path, sink: sink)
        var members = [
            ("task", JSONText.quoted(model.task.rawValue)), ("loss", JSONText.quoted(model.loss)),
            ("precision", JSONText.quoted(model.precision.rawValue)), ("target", JSONText.strings(model.target.names)),
        ]
        if case .classes(_, let classes) = model.target { members.append(("classes", JSONText.strings(classes))) }
        members += [
            ("network", JSONText.quoted(model.network.outline)), ("parameters", "\(model.network.parameterCount)"),
            ("features", JSONText.array(model.preprocessing.features.map(feature))),
        ]
        return JSONText.object(members) + "\n"
    }

    private static func feature(_ feature: FeatureTransform) -> String {
        let name = ("name", JSONText.quoted(feature.name))
        switch feature.kind {
        case .number(let normalize, let center, let scale, let fill):
            return JSONText.object([
                name, ("type", "\"number\""), ("normalize", JSONText.quoted(normalize.rawValue)), ("center", JSONText.number(center)),
                ("scale", JSONText.number(scale)), ("fill", JSONText.number(fill)),
            ])
        case .category(let categories, let unseen, let fill):
            return JSONText.object([
                name, ("type", "\"category\""), ("categories", JSONText.strings(categories)), ("unseen", JSONText.quoted(unseen.rawValue)),
                ("fill", fill.map(JSONText.quoted) ?? "null"),
            ])
        }
    }
}
