import Foundation
import TestSupport
import Testing

/// The memory plan is true: what a run takes at its peak is what `plan` said, and --max-memory refuses by the same number.
@Suite struct MemoryTests {
    #if os(Linux)
    private static let data = (rows: 2_000, columns: 300)

    /// Rows of made-up numbers and a class.
    private static var csv: String {
        var lines = [(0..<data.columns).map { "x\($0)" }.joined(separator: ",") + ",class"]
        var state: UInt32 = 1
        for row in 0..<data.rows {
            let numbers = (0..<data.columns).map { _ -> String in
                state = state &* 1_664_525 &+ 1_013_904_223
                return "0.\(100_000 + state % 900_000)"
            }
            lines.append(numbers.joined(separator: ",") + ",c\(row % 4)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Many rows, where reading them takes most; many weights, where the update does; many layers.
    @Test func peaksAgreeWithThePlan() throws {
        try withFolder { folder in
            try Self.csv.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            try (Self.csv.split(separator: "\n").prefix(200).joined(separator: "\n") + "\n")
                .write(toFile: folder + "/few.csv", atomically: false, encoding: .utf8)
            func spec(_ name: String, _ file: String, _ layers: String, _ more: String = "") throws -> String {
                let text = "nnspec: 1\ndata: {path: \(file), target: class}\nmodel: {layers: [\(layers), auto]}\ntraining: {epochs: 1}\n\(more)"
                try text.write(toFile: "\(folder)/\(name).yaml", atomically: false, encoding: .utf8)
                return name + ".yaml"
            }
            // What the program itself takes, its libraries included.
            let small = try spec("small", "few.csv", "2")
            let base = try peak(["train", small, "--quiet"], in: folder) - planned(small, in: folder)
            #expect(base > 1 << 20)
            #expect(try Tool.run([], in: folder, through: "gzip -1 -k data.csv").status == 0)
            for name in [
                try spec("packed", "data.csv.gz", "8"), try Self.arrays(in: folder),
                try spec("rows", "data.csv", "8"), try spec("weights", "few.csv", "1500, 1500"),
                try spec("deep", "few.csv", Array(repeating: "200", count: 50).joined(separator: ", "), "optimizer: sgd\n"),
            ] {
                let (plan, found) = (try planned(name, in: folder), try peak(["train", name, "--quiet"], in: folder))
                let difference = abs(found - plan - base)
                #expect(difference <= plan / 20 + 6 << 20, "\(name): planned \(plan), took \(found) with \(base) of its own")
                let refused = try Tool.run(["train", name, "--max-memory", "\(plan - 1)"], in: folder)
                #expect(refused.status == 6)
                #expect(refused.errors.contains("this run needs \(plan) bytes"))
            }
        }
    }

    /// A file ten times as large takes the same memory: rows are read, predicted and printed in windows.
    @Test func predictAndEvaluateTakeConstantMemory() throws {
        try withFolder { folder in
            try Self.csv.write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            try "nnspec: 1\ndata: {path: data.csv, target: class}\nmodel: {layers: [4, auto]}\ntraining: {epochs: 1}\n"
                .write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
            #expect(try Tool.run(["train", "s.yaml", "--quiet"], in: folder).status == 0)
            let lines = Self.csv.split(separator: "\n")
            /// - Parameter times: of the rows in the smaller and in the larger file, 5.4 MB each time.
            func compare(_ ending: String, _ header: String, _ rows: String, times: (Int, Int) = (5, 50), _ commands: [[String]]) throws {
                for (name, times) in [("some", times.0), ("many", times.1)] {
                    let handle = try #require(fopen("\(folder)/\(name).\(ending)", "w"))
                    fputs(header, handle)
                    for _ in 0..<times { fputs(rows, handle) }
                    fclose(handle)
                }
                for words in commands {
                    let (some, many) = (
                        try peak(words + ["some.\(ending)", "--quiet"], in: folder), try peak(words + ["many.\(ending)", "--quiet"], in: folder)
                    )
                    // The larger file has 110 MB more and, unless texts are kept, 240 MB. evaluate keeps 4 outputs, the class and what it predicts
                    // of 100,000 rows: 5 MB.
                    #expect(many < some + 16 << 20, "\(words) \(ending): \(some) bytes, then \(many)")
                    #expect(many < 160 << 20, "\(words) \(ending): \(many)")
                }
                try FileManager.default.removeItem(atPath: "\(folder)/many.\(ending)")
            }
            let (predict, evaluate) = (["predict", "runs/s"], ["evaluate", "runs/s", "--data"])
            try compare("csv", lines[0] + "\n", lines.dropFirst().joined(separator: "\n") + "\n", [predict, evaluate])
            let names = lines[0].split(separator: ",")
            let objects = lines.dropFirst().map { line in
                "{"
                    + zip(names, line.split(separator: ",")).map { "\"\($0)\":\($1.hasPrefix("c") ? "\"\($1)\"" : String($1))" }.joined(
                        separator: ",") + "}\n"
            }
            try compare("jsonl", "", objects.joined(), [predict, evaluate])
            try compare("jsonl", "", objects.joined(), times: (10, 30), [["predict", "--append", "runs/s"]])
        }
    }

    /// What is larger than allowed is refused before it is read: the file as it lies, what it unpacks to, and an array.
    @Test func filesAreRefusedBeforeTheyAreRead() throws {
        try withFolder { folder in
            let header = "a,b,class\n"
            let rows = (0..<400_000).map { "\($0).25,\($0 % 77).5,c\($0 % 3)\n" }.joined()
            try (header + rows + rows + rows).write(toFile: folder + "/data.csv", atomically: false, encoding: .utf8)
            #expect(try Tool.run([], in: folder, through: "gzip -1 -k data.csv").status == 0)
            let size = try #require(try FileManager.default.attributesOfItem(atPath: folder + "/data.csv")[.size] as? Int)
            let arrays = try Self.arrays(in: folder)
            for (file, arrays) in [("data.csv", nil), ("data.csv.gz", nil), ("x.npy", arrays)] {
                let spec = arrays ?? "s.yaml"
                if arrays == nil {
                    try "nnspec: 1\ndata: {path: \(file), target: class}\nmodel: {layers: [auto]}\n"
                        .write(toFile: folder + "/s.yaml", atomically: false, encoding: .utf8)
                }
                let tool = try Tool.run(["train", spec, "--max-memory", "8M"], in: folder)
                #expect(tool.status == 6 && tool.errors.contains("E3991") && tool.errors.contains("to read \(file) takes "), "\(tool.errors)")
                #expect(arrays != nil || tool.errors.contains(" \(size) bytes at least"), "\(tool.errors)")
                let found = try peak(["train", spec, "--max-memory", "8M"], in: folder, status: 6)
                #expect(found < 40 << 20, "\(file): \(found) bytes of memory")
            }
        }
    }

    /// A spec with 36 MB of inputs in float32, which are read where they lie.
    private static func arrays(in folder: String) throws -> String {
        let (rows, columns) = (30_000, 300)
        func write(_ name: String, _ descr: String, _ shape: String, _ payload: Data) throws {
            let header = Data("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(shape)), }\n".utf8)
            let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, UInt8(header.count), 0]
            let file = Data(magic) + header + payload
            try file.write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        let values = (0..<rows * columns).map { Float($0 % 1009) }
        try write("x.npy", "<f4", "\(rows), \(columns)", values.withUnsafeBufferPointer { Data(buffer: $0) })
        try write("y.npy", "|u1", "\(rows),", Data((0..<rows).map { UInt8($0 % 4) }))
        let text = "nnspec: 1\ndata: {inputs: x.npy, targets: y.npy}\ntask: classification\nmodel: {layers: [8, auto]}\ntraining: {epochs: 1}\n"
        try text.write(toFile: folder + "/arrays.yaml", atomically: false, encoding: .utf8)
        return "arrays.yaml"
    }

    private func planned(_ spec: String, in folder: String) throws -> Int {
        let tool = try Tool.run(["plan", spec, "--json"], in: folder)
        struct Plan: Decodable { let bytes: [String: Int] }
        return try #require(try JSONDecoder().decode(Plan.self, from: Data(tool.output.utf8)).bytes["total"])
    }

    /// Bytes that a run had in memory at most. A process that spawns another leaves its own size in the other's account, so a small one does it.
    private func peak(_ words: [String], in folder: String, status: Int32 = 0) throws -> Int {
        let script = """
            import os, resource, sys
            process = os.fork()
            if process == 0:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
                os.execv(sys.argv[1], sys.argv[1:])
            _, status, usage = os.wait4(process, 0)
            print(usage.ru_maxrss * 1024 if os.WEXITSTATUS(status) == \(status) else 0)
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script, Tool.path] + words
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let found = try #require(text.split(separator: "\n").last.flatMap { Int($0) })
        #expect(found > 0, "\(words) failed")
        return found
    }
    #endif
}
