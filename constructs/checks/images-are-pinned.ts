import { imageVersion } from '../images';
import { podTemplates, type Check } from './manifest';

/** An image without a version is another one tomorrow. */
export const imagesArePinned: Check = (objects) =>
  podTemplates(objects).flatMap(({ owner, spec }) =>
    spec.containers.flatMap(({ image }) => {
      try {
        imageVersion(image);
        return [];
      } catch (failure) {
        return [{ object: owner, message: (failure as Error).message }];
      }
    }),
  );
