"""The Merkle tree of RFC 6962 against the vectors Certificate Transparency publishes."""

import pytest

from app.record.merkle import Tree, leaf_hash
from app.record.verifier.trees import extends, includes, root_of

LEAVES = [
    leaf_hash(bytes.fromhex(data))
    for data in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
FIRST_OF_EIGHT = (
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
)


CONSISTENT = {
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
MOST = 40


@pytest.mark.parametrize("size", range(9))
def test_root_is_the_published_one(size):
    assert Tree(LEAVES[:size]).root().hex() == ROOTS[size]
    assert Tree(LEAVES).root(size).hex() == ROOTS[size]
    assert root_of(LEAVES[:size]).hex() == ROOTS[size]


def test_inclusion_proof_is_the_published_path():
    assert tuple(each.hex() for each in Tree(LEAVES).inclusion(0)) == FIRST_OF_EIGHT


@pytest.mark.parametrize("sizes", CONSISTENT)
def test_consistency_proof_is_the_published_one(sizes):
    assert tuple(each.hex() for each in Tree(LEAVES).consistency(*sizes)) == CONSISTENT[sizes]


@pytest.fixture(scope="module")
def leaves():
    return [leaf_hash(bytes([n])) for n in range(MOST)]


@pytest.fixture(scope="module")
def tree(leaves):
    return Tree(leaves)


def places(most=MOST):
    return [(size, position) for size in range(1, most + 1) for position in range(size)]


def test_root_of_an_earlier_size_is_the_root_it_had(leaves, tree):
    for size in range(MOST + 1):
        assert tree.root(size) == Tree(leaves[:size]).root() == root_of(leaves[:size])


def test_every_inclusion_proof_holds(leaves, tree):
    for size, position in places():
        path = tree.inclusion(position, size)
        assert includes(tree.root(size), leaf=leaves[position], position=position, size=size, path=path)


def test_no_inclusion_proof_holds_for_another_position_or_leaf(leaves, tree):
    for size, position in places(20):
        root, path = tree.root(size), tree.inclusion(position, size)
        for other in set(range(-1, size + 1)) - {position}:
            assert not includes(root, leaf=leaves[position], position=other, size=size, path=path)
        other_leaf = leaves[(position + 1) % MOST]
        assert not includes(root, leaf=other_leaf, position=position, size=size, path=path)


def test_no_inclusion_proof_holds_when_lengthened_or_shortened(leaves, tree):
    for size, position in places(20):
        root, leaf, path = tree.root(size), leaves[position], tree.inclusion(position, size)
        for changed in ([*path, leaf], [leaf, *path], path[:-1], path[1:]):
            if changed != path:
                assert not includes(root, leaf=leaf, position=position, size=size, path=changed)


@pytest.mark.parametrize("size", [1, 2, 7, 40])
def test_no_altered_byte_of_path_leaf_or_root_passes(leaves, tree, size):
    root, position = tree.root(size), size - 1
    path = tree.inclusion(position, size)

    def holds(root, leaf, path):
        return includes(root, leaf=leaf, position=position, size=size, path=path)

    assert holds(root, leaves[position], path)
    for byte in range(32):
        assert not holds(altered(root, byte), leaves[position], path)
        assert not holds(root, altered(leaves[position], byte), path)
        for n, sibling in enumerate(path):
            assert not holds(root, leaves[position], [*path[:n], altered(sibling, byte), *path[n + 1 :]])


def altered(digest, byte):
    return digest[:byte] + bytes([digest[byte] ^ 1]) + digest[byte + 1 :]


def pairs():
    return [(earlier, later) for later in range(1, MOST + 1) for earlier in range(1, later + 1)]


def test_every_consistency_proof_holds(tree):
    for earlier, later in pairs():
        path = tree.consistency(earlier, later)
        assert extends((earlier, tree.root(earlier)), (later, tree.root(later)), path)


def test_no_consistency_proof_joins_a_tree_with_another_leaf(leaves, tree):
    for earlier, later in pairs():
        other = Tree([*leaves[: earlier - 1], leaf_hash(b"swapped"), *leaves[earlier:later]])
        path = tree.consistency(earlier, later)
        assert not extends((earlier, other.root(earlier)), (later, tree.root(later)), path)
        if earlier < later:
            assert not extends((earlier, tree.root(earlier)), (later, other.root(later)), path)


def test_no_altered_or_shortened_consistency_proof_passes(tree):
    for earlier, later in pairs():
        one, two = (earlier, tree.root(earlier)), (later, tree.root(later))
        path = tree.consistency(earlier, later)
        for n, step in enumerate(path):
            assert not extends(one, two, [*path[:n], altered(step, 0), *path[n + 1 :]])
            assert not extends(one, two, path[:n] + path[n + 1 :])


def test_no_leaf_and_no_tree_stands_outside():
    for position in (-1, 8):
        with pytest.raises(IndexError):
            Tree(LEAVES).inclusion(position)
    for earlier in (0, 9):
        with pytest.raises(IndexError):
            Tree(LEAVES).consistency(earlier)
    with pytest.raises(IndexError):
        Tree(LEAVES).root(9)
    assert not includes(Tree().root(), leaf=LEAVES[0], position=0, size=0, path=[])


def test_leaf_and_node_of_the_same_bytes_differ():
    left, right = LEAVES[:2]

    assert leaf_hash(left + right) != Tree([left, right]).root()
