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
        if let weight = model.sampleWeight { lines.append("rows weighed by: \(shown([weight]))") }
        lines.append("network: \(model.network.outline), \(model.network.parameterCount) parameters")
        lines.append("features:")
        for feature in model.preprocessing.features {
            lines.append("  \(shown([feature.name])): \(words(feature))" + (feature.hasIndicator ? ", with an indicator" : ""))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func words(_ feature: FeatureTransform) -> String {
        func filled(_ fill: String?) -> String { fill.map { ", missing is \($0)" } ?? "" }
        switch feature.kind {
        case .number(let normalize, let center, let scale, let fill):
            return "number, \(normalize.rawValue), center \(center), scale \(scale)" + filled(fill?.description)
        case .category(let categories, let unseen, let fill):
            return "category (\(shown(categories))), unseen: \(unseen.rawValue)" + filled(fill.map { shown([$0]) })
        case .index(let categories, let unseen, let fill):
            return "category (\(shown(categories))) as index, unseen: \(unseen.rawValue)" + filled(fill.map { shown([$0]) })
        case .ordinal(let categories, let normalize, let center, let scale, let fill):
            return "category (\(shown(categories))) as ordinal, \(normalize.rawValue), center \(center), scale \(scale)"
                + filled(fill.map { shown([$0]) })
        case .boolean(let fill): return "boolean" + filled(fill?.description)
        }
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
        if let weight = model.sampleWeight { members.append(("sample_weight", JSONText.quoted(weight))) }
        members += [
            ("network", JSONText.quoted(model.network.outline)), ("parameters", "\(model.network.parameterCount)"),
            ("features", JSONText.array(model.preprocessing.features.map(feature))),
        ]
        return JSONText.object(members) + "\n"
    }

    private static func feature(_ feature: FeatureTransform) -> String {
        var members = [("name", JSONText.quoted(feature.name))]
        func category(_ categories: [String], _ encoding: String) {
            members += [("type", "\"category\""), ("categories", JSONText.strings(categories)), ("encoding", JSONText.quoted(encoding))]
        }
        switch feature.kind {
        case .number(let normalize, let center, let scale, let fill):
            members += [
                ("type", "\"number\""), ("normalize", JSONText.quoted(normalize.rawValue)), ("center", JSONText.number(center)),
                ("scale", JSONText.number(scale)), ("fill", JSONText.number(fill)),
            ]
        case .category(let categories, let unseen, let fill), .index(let categories, let unseen, let fill):
            if case .index = feature.kind { category(categories, "index") } else { category(categories, "one_hot") }
            members += [("unseen", JSONText.quoted(unseen.rawValue)), ("fill", fill.map(JSONText.quoted) ?? "null")]
        case .ordinal(let categories, let normalize, let center, let scale, let fill):
            category(categories, "ordinal")
            members += [
                ("normalize", JSONText.quoted(normalize.rawValue)), ("center", JSONText.number(center)), ("scale", JSONText.number(scale)),
                ("fill", fill.map(JSONText.quoted) ?? "null"),
            ]
        case .boolean(let fill): members += [("type", "\"boolean\""), ("fill", JSONText.number(fill))]
        }
        members.append(("indicator", "\(feature.hasIndicator)"))
        return JSONText.object(members)
    }
}
