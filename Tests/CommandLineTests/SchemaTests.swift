import Foundation
import Testing

/// The JSON Schema is one document and knows every setting. (scripts/check_schema.sh has a public validator judge it over all specs.)
@Suite struct SchemaTests {
    private func schema() throws -> [String: Any] {
        let tool = try Tool.run(["schema"])
        try #require(tool.status == 0 && tool.errors.isEmpty)
        return try #require(try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [String: Any])
    }

    @Test func saysWhichDraft() throws {
        #expect(try schema()["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }

    /// Editors read the file that the specs name in their first line.
    @Test func theFileForEditorsIsFresh() throws {
        let file = try String(contentsOfFile: Repository.root + "/docs/nnspec.schema.json", encoding: .utf8)
        #expect(try Tool.run(["schema"]).output == file, "stale: run `.build/release/nnspec schema >docs/nnspec.schema.json`")
        for spec in Repository.specs {
            let text = try String(contentsOfFile: "\(Repository.root)/specs/\(spec).yaml", encoding: .utf8)
            #expect(text.hasPrefix("# yaml-language-server: $schema=../docs/nnspec.schema.json\n"), "\(spec)")
        }
    }

    /// Each setting that a rendered spec holds has a property with a description.
    @Test func knowsEverySetting() throws {
        let rendered = try Tool.run(["render", "specs/iris.yaml", "--json"], in: Repository.root)
        let spec = try #require(try JSONSerialization.jsonObject(with: Data(rendered.output.utf8)) as? [String: Any])
        let properties = try #require(try schema()["properties"] as? [String: Any])
        var count = 0
        for (section, value) in spec {
            let property = try #require(properties[section] as? [String: Any], "\(section)")
            #expect(property["description"] is String)
            guard let settings = value as? [String: Any], !settings.isEmpty else { continue }
            let objects = [property] + ((property["anyOf"] as? [[String: Any]]) ?? [])
            let inner = try #require(objects.compactMap { $0["properties"] as? [String: Any] }.first, "\(section)")
            for name in settings.keys {
                #expect(inner[name] is [String: Any], "\(section).\(name)")
                count += 1
            }
        }
        #expect(count > 40)
    }
}
