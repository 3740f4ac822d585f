import Foundation
import Testing

/// The JSON Schema is one document and knows every setting. (scripts/check_schema.sh, a part of `make test`, has a public validator
/// judge it over right and wrong specs.)
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
    @Test func theSpecsNameTheFileForEditors() throws {
        for spec in Repository.specs {
            let text = try String(contentsOfFile: "\(Repository.root)/specs/\(spec).yaml", encoding: .utf8)
            #expect(text.hasPrefix("# yaml-language-server: $schema=../docs/nnspec.schema.json\n"), "\(spec)")
        }
    }

    static let wrongSpecs: [String] =
        ((try? FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Tests/Fixtures/wrong_specs")) ?? []).sorted()

    /// What the schema has to refuse, nnspec refuses too, for the reason that the file tells.
    @Test(arguments: wrongSpecs) func wrongSpecsAreWrongHereToo(_ name: String) throws {
        let path = "Tests/Fixtures/wrong_specs/\(name)"
        let text = try String(contentsOfFile: "\(Repository.root)/\(path)", encoding: .utf8)
        let code = try #require(text.firstMatch(of: /# nnspec: (E[0-9]{4})\n/)?.1)
        let tool = try Tool.run(["check", path], in: Repository.root)
        #expect(tool.status == 3 && tool.errors.contains("error[\(code)]"), "\(tool.errors)")
        #expect(text.contains("# refused at: $") && text.contains("# because: "))
    }

    @Test func thereAreWrongSpecs() { #expect(Self.wrongSpecs.count > 20) }

    /// `make test` asks the public validator.
    @Test func theValidatorIsAsked() throws {
        let rules = try String(contentsOfFile: Repository.root + "/Makefile", encoding: .utf8)
        let test = rules.components(separatedBy: "\ntest: ").last?.components(separatedBy: "\n\n").first
        #expect(test?.contains("scripts/check_schema.sh") == true)
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
