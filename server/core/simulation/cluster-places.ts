import type { Capacity, NodeScript } from '../scenario/scenario-model.ts';

/** What one pod needs of a node: thousandths of a CPU and bytes. */
export interface PodNeeds {
  readonly milliCpu: number;
  readonly memory: number;
}

/** Something that waits for a place, or has one. */
export interface Tenant {
  readonly needs: PodNeeds;
  /** Kept by the places: a set of all who have one would hold on to those who have left. */
  hasPlace: boolean;
  /** Called once, when the place is there. */
  readonly placed: (node: string | null) => void;
}

/** The cluster's room for pods, shared by all Jobs of a simulation; first come, first served, as far as they fit. */
export interface ClusterPlaces {
  request(tenant: Tenant): void;
  /** Gives the place back, or stops waiting for one. */
  leave(tenant: Tenant): void;
  setCapacity(capacity: Capacity): void;
  /** How many wait. */
  readonly waiting: number;
  readonly capacity: Capacity;
}

interface NodeRoom {
  readonly node: NodeScript;
  milliCpu: number;
  memory: number;
  pods: number;
}

function fits(room: NodeRoom, needs: PodNeeds): boolean {
  const { node } = room;
  return (
    (node.pods === null || room.pods < node.pods) &&
    (node.milliCpu === null || room.milliCpu + needs.milliCpu <= node.milliCpu) &&
    (node.memory === null || room.memory + needs.memory <= node.memory)
  );
}

/** Room as a scenario's `capacity` says. */
export function createPlaces(initial: Capacity): ClusterPlaces {
  let capacity = initial;
  let rooms: NodeRoom[] = [];
  const queue = new Set<Tenant>();
  /** How many have a place, and on which node those have it who have it on one. */
  let seated = 0;
  const roomOf = new Map<Tenant, NodeRoom>();

  function makeRooms(): void {
    const nodes = capacity !== null && typeof capacity === 'object' ? capacity.nodes : [];
    rooms = nodes.map((node) => ({ node, milliCpu: 0, memory: 0, pods: 0 }));
    for (const [tenant, old] of roomOf) {
      const room = rooms.find(({ node }) => node.name === old.node.name);
      if (room === undefined) {
        roomOf.delete(tenant);
        continue;
      }
      roomOf.set(tenant, room);
      occupy(room, tenant.needs, 1);
    }
  }

  function occupy(room: NodeRoom, needs: PodNeeds, by: 1 | -1): void {
    room.milliCpu += by * needs.milliCpu;
    room.memory += by * needs.memory;
    room.pods += by;
  }

  /** The room for a tenant: a node with the fewest pods that has room; null: any place; undefined: none. */
  function roomFor(tenant: Tenant): NodeRoom | null | undefined {
    if (capacity === null) return null;
    if (typeof capacity === 'number') return seated < capacity ? null : undefined;
    let best: NodeRoom | undefined;
    for (const room of rooms)
      if (fits(room, tenant.needs) && (best === undefined || room.pods < best.pods)) best = room;
    return best;
  }

  function seat(tenant: Tenant, room: NodeRoom | null): void {
    seated++;
    tenant.hasPlace = true;
    if (room !== null) {
      roomOf.set(tenant, room);
      occupy(room, tenant.needs, 1);
    }
    tenant.placed(room === null ? null : room.node.name);
  }

  function fill(): void {
    for (const tenant of queue) {
      const room = roomFor(tenant);
      // A pod that fits nowhere does not hold up smaller ones behind it; without sizes all are alike.
      if (room === undefined && (typeof capacity === 'number' || rooms.length === 0)) return;
      if (room === undefined) continue;
      queue.delete(tenant);
      seat(tenant, room);
    }
  }

  makeRooms();
  return {
    get waiting() {
      return queue.size;
    },
    get capacity() {
      return capacity;
    },
    request(tenant) {
      const room = queue.size === 0 ? roomFor(tenant) : undefined;
      if (room !== undefined) seat(tenant, room);
      else {
        queue.add(tenant);
        if (typeof capacity === 'object') fill();
      }
    },
    leave(tenant) {
      if (queue.delete(tenant)) return;
      if (!tenant.hasPlace) return;
      seated--;
      tenant.hasPlace = false;
      const room = roomOf.get(tenant);
      if (room !== undefined) {
        roomOf.delete(tenant);
        occupy(room, tenant.needs, -1);
      }
      if (queue.size > 0) fill();
    },
    setCapacity(next) {
      capacity = next;
      makeRooms();
      fill();
    },
  };
}
