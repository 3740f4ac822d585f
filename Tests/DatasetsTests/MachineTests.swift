import Datasets
import Foundation
import TestSupport
import Testing

/// What memory a process may use, as the files of Linux tell it.
@Suite struct MachineTests {
    private func limit(_ membership: String, _ files: [String: String]) throws -> Int? {
        var found: Int?
        try withFolder { folder in
            try membership.write(toFile: folder + "/cgroup", atomically: false, encoding: .utf8)
            for (path, text) in files {
                let file = URL(fileURLWithPath: folder + "/fs/" + path)
                try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try text.write(to: file, atomically: false, encoding: .utf8)
            }
            found = ControlGroups(membership: folder + "/cgroup", mount: folder + "/fs").memoryLimit
        }
        return found
    }

    @Test func unifiedGroups() throws {
        #expect(try limit("0::/a/b\n", ["a/b/memory.max": "max\n", "a/memory.max": "5000\n"]) == 5000)
        #expect(try limit("0::/a/b\n", ["a/b/memory.max": "3000\n", "a/memory.max": "5000\n"]) == 3000)
        #expect(try limit("0::/a/b\n", ["a/b/memory.max": "9000\n", "a/memory.max": "5000\n"]) == 5000)
        #expect(try limit("0::/a/b\n", ["a/b/memory.max": "max\n"]) == nil)
        // In a container: its group is the root of what it sees, whatever the path says.
        #expect(try limit("0::/\n", ["memory.max": "700\n"]) == 700)
        #expect(try limit("0::/docker/0123\n", ["memory.max": "700\n"]) == 700)
        #expect(try limit("0::/../x\n", ["memory.max": "700\n"]) == 700)
    }

    @Test func groupsOfTheFirstVersion() throws {
        let none = "9223372036854771712\n"
        let membership = "12:cpu,cpuacct:/x\n5:memory:/docker/q\n0::/\n"
        #expect(try limit(membership, ["memory/docker/q/memory.limit_in_bytes": "800\n", "memory/memory.limit_in_bytes": none]) == 800)
        #expect(try limit("3:cpu,memory:/\n", ["memory/memory.limit_in_bytes": "900\n"]) == 900)
        let unlimited = try limit("5:memory:/\n", ["memory/memory.limit_in_bytes": none])
        #expect((unlimited ?? .max) > 1 << 60)
    }

    @Test func whereThereIsNothing() throws {
        #expect(try limit("", [:]) == nil)
        #expect(try limit("nonsense\n::\n1\n", ["memory.max": "x\n"]) == nil)
        #expect(ControlGroups(membership: "/nowhere", mount: "/nowhere").memoryLimit == nil)
    }

    @Test func theLesserCounts() throws {
        try withFolder { folder in
            try "0::/\n".write(toFile: folder + "/cgroup", atomically: false, encoding: .utf8)
            try "700\n".write(toFile: folder + "/memory.max", atomically: false, encoding: .utf8)
            let groups = ControlGroups(membership: folder + "/cgroup", mount: folder)
            #expect(Machine.memory(builtIn: 1000, groups) == Machine.Memory(byteCount: 700, isLimited: true))
            #expect(Machine.memory(builtIn: 600, groups) == Machine.Memory(byteCount: 600, isLimited: false))
        }
    }
}
