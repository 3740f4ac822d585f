import Diagnostics

/// The table of settings as JSON Schema (draft 2020-12), by which editors complete and check a spec while it is typed.
///
/// What a schema cannot say (a target that fits the last layer, shares that sum to 1) only `nnspec check` knows.
public enum JSONSchema {
    /// The whole document, with a newline at its end.
    public static var text: String {
        let root = object(SettingsTable.root)
        let members =
            [
                ("$schema", JSONText.quoted("https://json-schema.org/draft/2020-12/schema")), ("title", JSONText.quoted("nnspec spec, version 1")),
            ] + root + [("patternProperties", JSONText.object([("^x-", "true")]))]
        return JSONText.object(members) + "\n"
    }

    private typealias Members = [(String, String)]

    private static func object(_ record: SettingType.Record) -> Members {
        let properties = record.settings.map { ($0.name, JSONText.object(schema(of: $0))) }
        let required = record.settings.filter { $0.isRequired && $0.needlessBeside.isEmpty }.map(\.name)
        return [("type", "\"object\""), ("properties", JSONText.object(properties)), ("additionalProperties", "false")]
            + (required.isEmpty ? [] : [("required", JSONText.strings(required))]) + alternatives(record)
    }

    /// What has to be there unless something stands beside it, or inside what stands beside it.
    private static func alternatives(_ record: SettingType.Record) -> Members {
        let rules = record.settings.filter { $0.isRequired && !$0.needlessBeside.isEmpty }.map { setting in
            let others = record.settings.filter { other in
                setting.needlessBeside.contains { other.name == $0 || JSONText.object(schema(of: other)).contains("\"\($0)\": {") }
            }
            let ways = ([setting] + others).map { JSONText.object([("required", JSONText.strings([$0.name]))]) }
            return JSONText.object([("anyOf", JSONText.array(ways))])
        }
        return rules.isEmpty ? [] : [("allOf", JSONText.array(rules))]
    }

    private static func schema(of setting: Setting) -> Members {
        let words = setting.follows.map { "\(setting.doc); default: \($0)" } ?? setting.doc
        var members: Members = [("description", JSONText.quoted(words))]
        let standard = setting.standard.map { SpecText.json(Resolved($0)) { $0 } }
        if let standard { members.append(("default", standard)) }
        // What is not built yet may only be written as it is.
        guard setting.isBuilt else { return members + (standard.map { [("const", $0)] } ?? [("not", "{}")]) }
        return members + schema(setting.type)
    }

    private static func schema(_ type: SettingType) -> Members {
        switch type {
        case .integer(let range):
            return [("type", "\"integer\""), ("minimum", "\(range.lowerBound)")]
                + (range.upperBound == Int.max ? [] : [("maximum", "\(range.upperBound)")])
        case .number(let bounds): return number(bounds)
        case .boolean: return [("type", "\"boolean\"")]
        case .text(let rule): return text(rule)
        case .word(let words): return [("enum", JSONText.strings(words.filter(\.isBuilt).map(\.text)))]
        case .list(let element, let nonEmpty):
            return [("type", "\"array\""), ("items", JSONText.object(schema(element)))] + (nonEmpty ? [("minItems", "1")] : [])
        case .record(let record):
            guard let main = record.main.flatMap(record.setting) else { return object(record) }
            return anyOf([schema(main.type), object(record)])
        case .kind(let kinds, let main): return kind(kinds, main)
        case .map(let element): return [("type", "\"object\""), ("additionalProperties", JSONText.object(schema(element)))]
        case .either: return anyOf(type.alternatives.map { schema($0) })
        }
    }

    private static func anyOf(_ schemas: [Members]) -> Members {
        schemas.count == 1 ? schemas[0] : [("anyOf", JSONText.array(schemas.map(JSONText.object)))]
    }

    private static func number(_ bounds: SettingType.Bounds) -> Members {
        var members: Members = [("type", "\"number\"")]
        if bounds.low.isFinite { members.append((bounds.includesLow ? "minimum" : "exclusiveMinimum", NumberText.of(bounds.low))) }
        if bounds.high.isFinite { members.append((bounds.includesHigh ? "maximum" : "exclusiveMaximum", NumberText.of(bounds.high))) }
        return members
    }

    private static func text(_ rule: SettingType.TextRule) -> Members {
        switch rule {
        // The written text is kept: what YAML takes for a number or a boolean is a name here.
        case .name: [("type", JSONText.strings(["string", "number", "boolean", "null"]))]
        case .prose: [("type", "\"string\"")]
        case .path: [("type", "\"string\""), ("minLength", "1")]
        case .character: [("type", "\"string\""), ("minLength", "1"), ("maxLength", "1")]
        case .identifier: [("type", JSONText.strings(["string", "integer"])), ("pattern", JSONText.quoted("^[A-Za-z0-9_-]+$"))]
        case .duration: [("type", "\"string\""), ("pattern", JSONText.quoted("^[0-9]+[smh]$"))]
        }
    }

    /// A mapping of one key; the bare word of a kind that needs nothing; what the main kind takes on its own.
    private static func kind(_ kinds: [SettingType.Kind], _ main: String?) -> Members {
        let built = kinds.filter(\.isBuilt)
        var schemas: [Members] = [
            [
                ("type", "\"object\""), ("properties", JSONText.object(built.map { ($0.name, JSONText.object(schema($0.type))) })),
                ("additionalProperties", "false"), ("minProperties", "1"), ("maxProperties", "1"),
            ]
        ]
        let bare = built.filter {
            if case .record(let record) = $0.type { !record.settings.contains(where: \.isRequired) } else { false }
        }
        if !bare.isEmpty { schemas.append([("enum", JSONText.strings(bare.map(\.name)))]) }
        if let own = built.first(where: { $0.name == main }), case .record(let record) = own.type, let setting = record.main.flatMap(record.setting) {
            schemas.append(schema(setting.type))
        }
        return anyOf(schemas)
    }
}
