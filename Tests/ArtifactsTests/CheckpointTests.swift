import Artifacts
import Datasets
import Diagnostics
import Foundation
import TestSupport
import Testing
import Training

/// Checkpoint files: what is written is read, and what is damaged, foreign or hostile is refused in words.
@Suite struct CheckpointTests {
    private static let identity = RunIdentity(
        settings: [.init(path: "seed", text: "3"), .init(path: "training.epochs", text: "5")], files: [.init(name: "a.csv", digest: "sha256:1")])

    private static var state: TrainingState {
        var progress = TrainingProgress(plateau: Plateau(rate: 0.1 + 0.2))
        progress.epochs = [
            EpochRecord(epoch: 1, learningRate: 0.1, trainLoss: 1 / 3, validationLoss: 5e-324, validationMetrics: [nil, 0.1]),
            EpochRecord(epoch: 2, learningRate: 0.05, trainLoss: 1.7976931348623157e308, validationLoss: nil, validationMetrics: [1, nil]),
        ]
        (progress.best.epoch, progress.best.value) = (1, 5e-324)
        (progress.stopping.best, progress.stopping.epochsWithout) = (-0.0, 4)
        progress.halvings = [1, 1, 2]
        var position = TrainingPosition(epoch: 3)
        (position.batch, position.lossSum, position.weightSum) = (7, 0.1, 224)
        var clock = UpdateClock.Memory()
        (clock.step, clock.beta1Power, clock.muProduct) = (123_456_789, 1e-300, 1 / 3)
        return TrainingState(position: position, clock: clock, progress: progress)
    }

    /// Memory of a small network, owned by the test.
    private struct Memory {
        let tensors: [StateTensor]
        init(_ fill: UInt8) {
            tensors = [("parameters/a.weight", [2, 3], 4), ("optimizer/a.weight.m", [2, 3], 8), ("best/a.bias", [3], 4)].map { name, shape, size in
                let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: shape.reduce(size, *), alignment: 64)
                for index in bytes.indices { bytes[index] = fill &+ UInt8(index) }
                return StateTensor(name: name, shape: shape, elementByteCount: size, bytes: bytes)
            }
        }
        func free() { for tensor in tensors { tensor.bytes.deallocate() } }
        var content: [[UInt8]] { tensors.map { Array($0.bytes) } }
    }

    private func read(
        _ folder: String, _ identity: RunIdentity = identity, into memory: Memory, sink: DiagnosticSink = DiagnosticSink()
    ) throws -> TrainingState {
        try CheckpointFolder(runFolder: folder).read(for: identity, mayChange: { path, _, _ in path == "free" }, into: memory.tensors, sink: sink)
    }

    private func withCheckpoint(_ body: (_ folder: String, _ memory: Memory) throws -> Void) throws {
        try withFolder { folder in
            let memory = Memory(1)
            defer { memory.free() }
            try CheckpointFolder(runFolder: folder).add(Self.identity, Self.state, memory.tensors, sink: DiagnosticSink())
            try body(folder, memory)
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        try withCheckpoint { folder, memory in
            let other = Memory(77)
            defer { other.free() }
            let state = try read(folder, into: other)
            #expect(other.content == memory.content)
            let (found, wanted) = (state.progress, Self.state.progress)
            #expect(state.position == Self.state.position && state.clock == Self.state.clock)
            #expect(found.plateau == wanted.plateau && found.best == wanted.best && found.stopping == wanted.stopping)
            #expect(found.halvings == wanted.halvings && found.stopReason == nil)
            #expect("\(found.epochs)" == "\(wanted.epochs)")
        }
    }

    /// The safetensors library's own rules: the header's length, 8-byte alignment, offsets without gaps, all bytes covered.
    @Test func isSafetensors() throws {
        try withCheckpoint { folder, _ in
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/checkpoint/1.safetensors")))
            let length = bytes[..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
            #expect(length % 8 == 0)
            let object = try JSONSerialization.jsonObject(with: Data(bytes[8..<8 + length])) as? [String: [String: Any]]
            let header = try #require(object)
            #expect(header["__metadata__"]?["format"] as? String == "nnspec-checkpoint")
            let offsets = header.filter { $0.key != "__metadata__" }.compactMap { $0.value["data_offsets"] as? [Int] }.sorted { $0[0] < $1[0] }
            var at = 0
            for pair in offsets {
                #expect(pair[0] == at)
                at = pair[1]
            }
            #expect(at == bytes.count - 8 - length && offsets.count == 5)
        }
    }

    /// Every byte flipped, every length cut: refused as damaged, and nothing of it is used.
    @Test func damageIsNoticed() throws {
        try withCheckpoint { folder, _ in
            let path = folder + "/checkpoint/1.safetensors"
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let memory = Memory(0)
            defer { memory.free() }
            func refused(_ bytes: [UInt8], _ what: String) throws {
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                let sink = DiagnosticSink()
                #expect(throws: Stopped.self, "\(what)") { try read(folder, into: memory, sink: sink) }
                #expect(sink.diagnostics.map(\.code) == ["E1722"] && ExitStatus.of(sink.diagnostics) == 4, "\(what)")
            }
            for index in whole.indices {
                var bytes = whole
                bytes[index] ^= 1 << UInt8(index % 8)
                try refused(bytes, "byte \(index)")
            }
            for length in stride(from: 0, to: whole.count, by: 37) { try refused(Array(whole[..<length]), "\(length) bytes") }
            try refused(whole + [0], "a byte too many")
            #expect(memory.content == Memory(0).content)
        }
    }

    /// Files that carry the right checksum of a wrong content: refused, never a crash.
    @Test func hostileFilesAreRefused() throws {
        try withCheckpoint { folder, _ in
            let path = folder + "/checkpoint/1.safetensors"
            let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let memory = Memory(0)
            defer { memory.free() }
            func sealed(_ bytes: [UInt8]) -> Data {
                var sum = SHA256()
                let body = Array(bytes.dropLast(64))
                body.withUnsafeBytes { sum.update($0) }
                return Data(body + Array(sum.hexDigest().utf8))
            }
            let text = String(decoding: whole, as: UTF8.self)
            #expect(text.contains("\"version\": \"1\""))
            for (from, to, words) in [
                ("\"version\": \"1\"", "\"version\": \"2\"", "version 2"), ("nnspec-checkpoint", "nnspec-checkpoinT", "no checkpoint"),
                ("\"F64\"", "\"F16\"", "does not hold optimizer/a.weight.m"), ("[2, 3]", "[3, 2]", "a.weight"), ("a.bias", "b.bias", "a.bias"),
                ("\\\"epoch\\\": 3", "\\\"epoch\\\": 9", "no state"), ("\\\"batch\\\": 7", "\\\"batch\\\":-7", "no state"),
            ] {
                var bytes = whole
                let at = try #require(whole.indices.first { whole[$0...].starts(with: Array(from.utf8)) }, "\(from)")
                bytes.replaceSubrange(at..<at + from.utf8.count, with: Array(to.utf8))
                try sealed(bytes).write(to: URL(fileURLWithPath: path))
                let sink = DiagnosticSink()
                #expect(throws: Stopped.self) { try read(folder, into: memory, sink: sink) }
                #expect(sink.diagnostics.first?.notes.contains { $0.contains(words) } == true, "\(to): \(sink.diagnostics.map(\.notes))")
            }
            var dice = Dice(state: 5)
            for _ in 0..<3_000 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...3, using: &dice) {
                    bytes[Int.random(in: 0..<bytes.count - 64, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
                }
                try sealed(bytes).write(to: URL(fileURLWithPath: path))
                _ = try? read(folder, into: memory)
            }
        }
    }

    @Test func theOlderGenerationStepsIn() throws {
        try withCheckpoint { folder, memory in
            let checkpoints = CheckpointFolder(runFolder: folder)
            for _ in 0..<3 { try checkpoints.add(Self.identity, Self.state, memory.tensors, sink: DiagnosticSink()) }
            #expect(checkpoints.generations == [4, 3])
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/checkpoint/4.safetensors"))
            let sink = DiagnosticSink()
            _ = try read(folder, into: memory, sink: sink)
            #expect(sink.diagnostics.map(\.code) == ["W1721"])
            #expect(sink.diagnostics[0].message.contains("3.safetensors") && sink.diagnostics[0].notes.contains { $0.contains("4.safetensors") })
            // The next one takes the next number, and the damaged one goes when its turn comes.
            try checkpoints.add(Self.identity, Self.state, memory.tensors, sink: DiagnosticSink())
            #expect(checkpoints.generations == [5, 4])
        }
    }

    @Test func anotherRunIsRefused() throws {
        try withCheckpoint { folder, memory in
            var settings = Self.identity
            settings.settings[0].text = "4"
            settings.settings.append(.init(path: "free", text: "1"))
            settings.settings.append(.init(path: "new", text: "1"))
            var data = Self.identity
            data.files[0].digest = "sha256:2"
            for (other, code, words) in [(settings, "E1723", ["seed was 3, now it is 4", "new was not there, now it is 1"]), (data, "E1724", [])] {
                let sink = DiagnosticSink()
                #expect(throws: Stopped.self) { try read(folder, other, into: memory, sink: sink) }
                #expect(sink.diagnostics.map(\.code) == [code] && words.allSatisfy { sink.diagnostics[0].notes.contains($0) })
                #expect(!sink.diagnostics[0].notes.contains { $0.hasPrefix("free") })
            }
            var moved = Self.identity
            moved.files[0].name = "elsewhere/a.csv"
            _ = try read(folder, moved, into: memory)
        }
    }

    /// What was announced cannot be finished: here because the announcement is a folder; elsewhere because nothing may be written.
    @Test func aRunThatStaysHalfReplacedIsRefused() throws {
        try withCheckpoint { folder, _ in
            try FileManager.default.createDirectory(atPath: folder + "/.replacing", withIntermediateDirectories: false)
            try Data().write(to: URL(fileURLWithPath: folder + "/checkpoint/lock"))
            let sink = DiagnosticSink()
            #expect(throws: Stopped.self) { try WeightsFile.read(path: folder, sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E1725"])
        }
    }

    @Test func noCheckpointIsToldAsSuch() throws {
        try withFolder { folder in
            let memory = Memory(0)
            defer { memory.free() }
            let sink = DiagnosticSink()
            #expect(throws: Stopped.self) { try read(folder, into: memory, sink: sink) }
            #expect(sink.diagnostics.map(\.code) == ["E1721"])
        }
    }
}
