/// The three products of a dense layer. A weight W[I,O] lies in panels of its columns: each panel is [I][32], the last [I][32 to 63] (a weight of
/// less than 64 columns is one panel, that is row-major). Each element is the fused multiply-add chain over k in rising order; how it is cut into
/// tiles and blocks, and who makes it, never changes the chain: where a block ends, the chain is stored, and goes on from what was stored.

/// Rows of A that are worked on together: what the tallest tile holds.
private let rowBlock = 12

/// The first column of the panel of a weight with n columns that holds a column, and how wide the panel is.
@inline(__always)
private func weightPanel(_ column: Int, _ n: Int) -> (first: Int, width: Int) {
    let last = max(n &>> 5 &- 1, 0)
    let index = min(column &>> 5, last)
    return (index &<< 5, index == last ? n &- index &<< 5 : 32)
}

/// Y[B,O] = start + X·W.
func denseProduct(
    _ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ w: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ k: Int, _ n: Int, _ kBlock: Int,
    _ columnBlock: Int, _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
) {
    let y = y.assumingMemoryBound(to: Scalar.self) + fromRow &* n
    let x = x.assumingMemoryBound(to: Scalar.self) + fromRow &* k
    let w = w.assumingMemoryBound(to: Scalar.self)
    let start = start.map { $0.assumingMemoryBound(to: Scalar.self) }
    let rows = toRow &- fromRow
    guard kBlock > 0, let workspace else {
        var column = fromColumn
        while column < toColumn {
            let (first, width) = weightPanel(column, n)
            let end = min(first &+ width, toColumn)
            allColumns(
                (aRow: k, aColumn: 1, bRow: width, cRow: n, k: k, continues: false), y + column, x, w + (first &* k &+ column &- first),
                start.map { $0 + column }, rows, end &- column)
            column = end
        }
        return
    }
    // Rows that lie far apart fall into the same few lines of the cache; near ones are read in place.
    let copiesRows = k >= 512
    let copy = workspace.assumingMemoryBound(to: Scalar.self)
    let stride = copiesRows ? kBlock &+ 16 : k
    var column = fromColumn
    while column < toColumn {
        let end = min(column &+ columnBlock, toColumn)
        var first = 0
        repeat {
            let depth = min(kBlock, k &- first)
            var row = 0
            while row < rows {
                let height = min(rowBlock, rows &- row)
                let source = x + (row &* k &+ first)
                if copiesRows { for i in 0..<height { copyRow(copy + i &* stride, source + i &* k, depth) } }
                weightColumns(
                    (aRow: stride, aColumn: 1, bRow: first, cRow: n, k: depth, continues: first > 0), y + row &* n,
                    copiesRows ? UnsafePointer(copy) : source, w, start, k, height, column, end)
                row = row &+ height
            }
            first = first &+ depth
        } while first < k
        column = end
    }
}

/// Columns column ..< end of a few rows, over rows run.bRow ..< run.bRow + run.k of W[k,n].
@inline(never)
private func weightColumns(
    _ run: TileRun, _ y: UnsafeMutablePointer<Scalar>, _ x: UnsafePointer<Scalar>, _ w: UnsafePointer<Scalar>, _ start: UnsafePointer<Scalar>?,
    _ k: Int, _ rows: Int, _ column: Int, _ end: Int
) {
    var column = column
    while column < end {
        let (first, width) = weightPanel(column, run.cRow)
        let next = min(first &+ width, end)
        allColumns(
            (aRow: run.aRow, aColumn: run.aColumn, bRow: width, cRow: run.cRow, k: run.k, continues: run.continues), y + column, x,
            w + (first &* k &+ run.bRow &* width &+ column &- first), start.map { $0 + column }, rows, next &- column)
        column = next
    }
}

/// dX[B,I] = dY·Wᵀ: k = O, n = I. Blocks of Wᵀ are copied into the workspace.
func inputGradientProduct(
    _ dx: UnsafeMutableRawPointer, _ dy: UnsafeRawPointer, _ w: UnsafeRawPointer, _ start: UnsafeRawPointer?, _ k: Int, _ n: Int, _ kBlock: Int,
    _ columnBlock: Int, _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int
) {
    guard let workspace else { return }
    let dx = dx.assumingMemoryBound(to: Scalar.self) + fromRow &* n
    let dy = dy.assumingMemoryBound(to: Scalar.self) + fromRow &* k
    let w = w.assumingMemoryBound(to: Scalar.self)
    let start = start.map { $0.assumingMemoryBound(to: Scalar.self) }
    let rows = toRow &- fromRow
    let block = workspace.assumingMemoryBound(to: Scalar.self)
    let copy = block + kBlock &* columnBlock
    let copiesRows = k >= 512
    let stride = copiesRows ? kBlock &+ 16 : k
    var column = fromColumn
    while column < toColumn {
        let width = min(columnBlock, toColumn &- column)
        var first = 0
        repeat {
            let depth = min(kBlock, k &- first)
            packWeightTransposed(block, w, k, n, first, depth, column, width)
            var row = 0
            while row < rows {
                let height = min(rowBlock, rows &- row)
                let source = dy + (row &* k &+ first)
                if copiesRows { for i in 0..<height { copyRow(copy + i &* stride, source + i &* k, depth) } }
                blockColumns(
                    (aRow: stride, aColumn: 1, bRow: panelWidth, cRow: n, k: depth, continues: first > 0), dx + (row &* n &+ column),
                    copiesRows ? UnsafePointer(copy) : source, block, start.map { $0 + column }, height, width)
                row = row &+ height
            }
            first = first &+ depth
        } while first < k
        column = column &+ width
    }
}

/// The block of Wᵀ that holds rows column ..< column + width of W, columns first ..< first + depth.
@inline(__always)
private func packWeightTransposed(
    _ block: UnsafeMutablePointer<Scalar>, _ w: UnsafePointer<Scalar>, _ columns: Int, _ rows: Int, _ first: Int, _ depth: Int, _ row: Int,
    _ count: Int
) {
    if columns < 64 { return packTransposed(block, w + (row &* columns &+ first), columns, 0, depth, depth, count) }
    var column = first
    while column < first &+ depth {
        let (start, width) = weightPanel(column, columns)
        let end = min(start &+ width, first &+ depth)
        packTransposed(block, w + (start &* rows &+ row &* width &+ column &- start), width, column &- first, end &- column, depth, count)
        column = end
    }
}

/// dW[I,O] = Xᵀ·dY, of which rows fromRow ..< toRow are made into panels that hold `dwRows` rows from row `dwFirst` on.
func weightGradientProduct(
    _ dw: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ dy: UnsafeRawPointer, _ inputs: Int, _ n: Int, _ k: Int, _ kBlock: Int,
    _ columnBlock: Int, _ workspace: UnsafeMutableRawPointer?, _ fromRow: Int, _ toRow: Int, _ fromColumn: Int, _ toColumn: Int,
    _ dwFirst: Int, _ dwRows: Int
) {
    let dw = dw.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self) + fromRow
    let dy = dy.assumingMemoryBound(to: Scalar.self)
    let rows = toRow &- fromRow
    let firstRow = fromRow &- dwFirst
    guard kBlock > 0, let workspace else {
        var column = fromColumn
        while column < toColumn {
            let (first, width) = weightPanel(column, n)
            let end = min(first &+ width, toColumn)
            allColumns(
                (aRow: 1, aColumn: inputs, bRow: n, cRow: width, k: k, continues: false),
                dw + (first &* dwRows &+ firstRow &* width &+ column &- first), x, dy + column, nil, rows, end &- column)
            column = end
        }
        return
    }
    let block = workspace.assumingMemoryBound(to: Scalar.self)
    let copy = block + kBlock &* columnBlock
    let copiesRows = inputs >= 512
    var column = fromColumn
    while column < toColumn {
        let width = min(columnBlock, toColumn &- column)
        var first = 0
        repeat {
            let depth = min(kBlock, k &- first)
            packRows(block, dy + (first &* n &+ column), n, depth, width)
            var row = 0
            while row < rows {
                let height = min(rowBlock, rows &- row)
                let source = x + (row &+ first &* inputs)
                if copiesRows { packTall(copy, source, inputs, depth, height) }
                blockColumnsOfWeight(
                    (aRow: 1, aColumn: copiesRows ? rowBlock : inputs, bRow: firstRow &+ row, cRow: n, k: depth, continues: first > 0), dw,
                    copiesRows ? UnsafePointer(copy) : source, block, dwRows, height, column, width)
                row = row &+ height
            }
            first = first &+ depth
        } while first < k
        column = column &+ width
    }
}

/// A few rows of C, row-major, from a packed block of B.
@inline(never)
private func blockColumns(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ block: UnsafePointer<Scalar>, _ start: UnsafePointer<Scalar>?,
    _ rows: Int, _ columns: Int
) {
    var column = 0
    while column &+ panelWidth <= columns {
        var inside = 0
        while inside < panelWidth {
            allRows(
                run, TileVector.self, c + (column &+ inside), a, block + (column &* run.k &+ inside), start.map { $0 + (column &+ inside) }, rows)
            inside = inside &+ TileVector.width
        }
        column = column &+ panelWidth
    }
    let rest = columns &- column
    guard rest > 0 else { return }
    someColumns(
        (aRow: run.aRow, aColumn: run.aColumn, bRow: rest, cRow: run.cRow, k: run.k, continues: run.continues), c + column, a,
        block + column &* run.k, start.map { $0 + column }, rows, rest)
}

/// A few rows of a weight, from row run.bRow of those that its panels hold, from a packed block of B that holds `width` columns from `column` on.
@inline(never)
private func blockColumnsOfWeight(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ block: UnsafePointer<Scalar>, _ cRows: Int, _ rows: Int,
    _ column: Int, _ width: Int
) {
    var inside = 0
    while inside < width {
        let panel = inside / panelWidth &* panelWidth
        let blockWidth = min(panelWidth, width &- panel)
        let (first, cRow) = weightPanel(column &+ inside, run.cRow)
        let end = min(panel &+ blockWidth, first &+ cRow &- column)
        someColumns(
            (aRow: run.aRow, aColumn: run.aColumn, bRow: blockWidth, cRow: cRow, k: run.k, continues: run.continues),
            c + (first &* cRows &+ run.bRow &* cRow &+ column &+ inside &- first), a, block + (panel &* run.k &+ inside &- panel), nil, rows,
            end &- inside)
        inside = end
    }
}

@inline(never)
private func someColumns(
    _ run: TileRun, _ c: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ start: UnsafePointer<Scalar>?,
    _ rows: Int, _ columns: Int
) {
    allColumns(run, c, a, b, start, rows, columns)
}

/// y[N] = sum over the rows of x[M,N], each column's chain in rising order from 0; columns from ..< to.
func columnSum(_ y: UnsafeMutableRawPointer, _ x: UnsafeRawPointer, _ m: Int, _ n: Int, _ from: Int, _ to: Int) {
    let y = y.assumingMemoryBound(to: Scalar.self)
    let x = x.assumingMemoryBound(to: Scalar.self)
    var j = from
    while j &+ 16 <= to {
        var sum = splat(0)
        for i in 0..<m { sum += load(x + (i &* n &+ j)) }
        store(sum, y + j)
        j = j &+ 16
    }
    while j < to {
        var sum: Scalar = 0
        for i in 0..<m { sum += x[i &* n &+ j] }
        y[j] = sum
        j = j &+ 1
    }
}
