import Foundation
import Testing

@Suite struct FileTests {
    @Test func noFileIsGiant() throws {
        for file in try Sources.files() {
            let count = file.text.hasSuffix("\n") ? file.lines.count - 1 : file.lines.count
            #expect(count <= 500, "\(file.path) has \(count) lines")
        }
    }

    @Test func noDrawerFolders() throws {
        let drawers = ["Utils", "Utilities", "Helpers", "Common", "Managers", "Misc"]
        for file in try Sources.files() {
            for part in file.path.split(separator: "/") { #expect(!drawers.contains(String(part)), "\(file.path)") }
        }
    }

    @Test func nothingIsLeftUnfinished() throws {
        let words = ["TO" + "DO", "FIX" + "ME", "fatal" + "Error", "X" + "XX"]
        for file in try Sources.files() {
            for word in words { #expect(!file.text.contains(word), "\(file.path) contains \(word)") }
        }
    }

    /// libm differs between systems; only square roots, which are exact, may come from outside (and they are methods).
    @Test func noTranscendentalFunctionsOfTheSystem() throws {
        let pattern = try Regex(#"(Glibc|Musl|Darwin)\.(exp|exp2|expm1|log|log2|log1p|log10|sin|cos|tan|tanh|erf|pow)f?\("#)
        for file in try Sources.files() { #expect(file.text.firstMatch(of: pattern) == nil, "\(file.path)") }
    }
}

@Suite struct DiagnosticCodeTests {
    /// Each code literal stands at one place: the factory of its message.
    @Test func eachCodeNamesOneMessage() throws {
        let pattern = try Regex(#""([EWN][0-9]{4})""#)
        var places: [String: [String]] = [:]
        for file in try Sources.files() {
            for (index, line) in file.lines.enumerated() {
                for match in line.matches(of: pattern) {
                    places[String(match.output[1].substring ?? ""), default: []].append("\(file.path):\(index + 1)")
                }
            }
        }
        #expect(places.count > 20)
        for (code, found) in places.sorted(by: { $0.key < $1.key }) {
            #expect(found.count == 1, "\(code) stands at \(found.joined(separator: ", "))")
        }
    }
}
