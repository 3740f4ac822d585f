import Artifacts
import Datasets
import Diagnostics
import SpecLanguage
import Training

/// `nnspec inspect`: what a weights file holds.
public enum Inspection {
    public static func run(_ path: String, sink: DiagnosticSink) throws(Stopped) -> String {
        let model = try WeightsFile.read(path: path, sink: sink)
        var lines = [
            "task: \(model.task.rawValue), loss \(model.loss), \(model.precision.rawValue)", "target: \(model.target.names.joined(separator: ", "))",
        ]
        if case .classes(_, let classes) = model.target { lines.append("classes: \(classes.joined(separator: ", "))") }
        lines.append("network: \(model.network.outline), \(model.network.parameterCount) parameters")
        lines.append("features:")
        for feature in model.preprocessing.features {
            switch feature.kind {
            case .number(let normalize, let center, let scale, let fill):
                lines.append(
                    "  \(feature.name): number, \(normalize.rawValue), center \(center), scale \(scale)" + (fill.map { ", missing is \($0)" } ?? ""))
            case .category(let categories, let unseen, _):
                lines.append("  \(feature.name): category (\(categories.joined(separator: ", "))), unseen: \(unseen.rawValue)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
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
