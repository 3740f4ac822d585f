import Diagnostics
import Foundation
import SpecLanguage
import TestSupport
import Testing

/// What a spec with mistakes still says, so that the data can be looked at.
@Suite struct TrustTests {
    private func trust(_ text: String) throws -> SpecTrust {
        var found: SpecTrust?
        try withFolder { folder in
            try text.write(toFile: folder + "/a.yaml", atomically: false, encoding: .utf8)
            let sink = DiagnosticSink()
            let reading = try #require(SpecReader.examine(path: folder + "/a.yaml", sink: sink))
            #expect(!reading.isRight && sink.hasErrors)
            found = reading.trust
        }
        return try #require(found)
    }

    @Test func aWrongValueSpoilsItsSectionAndNoOther() throws {
        let trust = try trust(smallest + "training: {epochs: x, batch_size: 4}\n")
        #expect(trust.holds("data") && trust.holds("model") && trust.holds("loss") && trust.holds("training", "batch_size"))
        #expect(!trust.holds("training") && !trust.holds("training", "epochs") && !trust.isRead("training", "epochs"))
    }

    /// The key may have been meant for any of the defaults beside it.
    @Test func anUnknownKeySpoilsTheDefaults() throws {
        let trust = try trust("nnspec: 1\ndata: {path: a.csv, target: y, delimitr: ab}\nmodel: {layers: [auto]}\n")
        #expect(trust.holds("data", "path") && trust.holds("data", "target") && !trust.holds("data", "delimiter") && !trust.holds("data"))
        #expect(trust.holds("model"))
    }

    /// Both were read, and one of them is wrong.
    @Test func aContradictionSpoilsBoth() throws {
        let trust = try trust("nnspec: 1\ntask: regression\nloss: cross_entropy\ndata: {path: a.csv, target: y}\nmodel: {layers: [auto]}\n")
        #expect(trust.isRead("task") && trust.isRead("loss") && !trust.holds("task") && !trust.holds("loss") && trust.holds("data"))
        let files = try self.trust("nnspec: 1\ndata: {path: a.csv, train: b.csv, target: y}\nmodel: {layers: [auto]}\n")
        #expect(files.isRead("data", "path") && !files.holds("data", "path") && !files.holds("data", "train") && files.holds("data", "target"))
    }

    @Test func aBaseThatIsMissingMaySayAnything() throws {
        let trust = try trust("nnspec: 1\nextends: b.yaml\ndata: {path: a.csv}\n")
        #expect(trust.holds("data", "path") && !trust.holds("data", "delimiter") && !trust.holds("data", "target") && !trust.holds("task"))
    }

    /// With more mistakes than are shown those of the data are not missed.
    @Test func manyMistakesSpoilAll() throws {
        let trust = try trust(smallest + (0..<51).map { "key\($0): 1\n" }.joined())
        #expect(!trust.holds("data") && !trust.isRead("data", "path"))
    }
}
