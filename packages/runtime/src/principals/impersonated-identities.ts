import { mapPeople } from './map-people.ts';
import type { PrincipalsFile } from './principals-file.ts';

/** As whom people of a file act in Kubernetes. */
export interface NamedIdentities {
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** Confirmed addresses name further users, so that no list of users is complete. */
  readonly hasFurtherUsers: boolean;
}

/** The users and groups that the service must be allowed to act as for the people of a file and for itself. Pure. */
export function impersonatedIdentities(file: PrincipalsFile): NamedIdentities {
  const { localPerson, automation } = mapPeople(file);
  const people = [
    ...file.people.map(({ kubernetes }) => kubernetes),
    localPerson.kubernetes,
    ...(automation ? [automation.kubernetes] : []),
  ];
  const groups = [
    ...people.flatMap((person) => person.groups),
    ...Object.values(file.groups).flatMap(({ kubernetes }) => kubernetes),
    ...(file.emails?.groups ?? []),
  ];
  return {
    users: [...new Set(people.map(({ user }) => user))].sort(),
    groups: [...new Set(groups)].sort(),
    hasFurtherUsers: file.emails !== undefined,
  };
}
